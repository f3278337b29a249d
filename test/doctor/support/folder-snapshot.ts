/** A folder as it lies there, second names of one file included: what another start finds after a kill. */
import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `to` is made anew. */
export function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  const copied = new Map<number, string>();
  const copy = (source: string, target: string): void => {
    mkdirSync(target, { recursive: true });
    for (const entry of readdirSync(source, { withFileTypes: true })) {
      const [path, made] = [join(source, entry.name), join(target, entry.name)];
      if (entry.isDirectory()) copy(path, made);
      else {
        const { ino } = statSync(path);
        const known = copied.get(ino);
        if (known === undefined) copyFileSync(path, made);
        else linkSync(known, made);
        copied.set(ino, made);
      }
    }
  };
  copy(from, to);
}
