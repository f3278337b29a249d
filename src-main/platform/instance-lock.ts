/** One monitor for a data directory: a second start learns where the first one is. */
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const holderSchema = z.object({ pid: z.number().int().positive(), dashboard: z.string().nullable() });
export type InstanceHolder = z.infer<typeof holderSchema>;

export interface InstanceLock extends Disposable {
  /** Says where the dashboard answers, without its token. */
  announce(dashboard: string): void;
}

/**
 * Takes the lock file, or tells who holds it. A file whose process is gone is taken over. A process id that the system has
 * given to another program since is told apart by asking `answers`, once the holder has announced an address.
 */
export async function takeInstanceLock(
  path: string,
  answers: (dashboard: string) => Promise<boolean>,
): Promise<{ readonly lock: InstanceLock } | { readonly holder: InstanceHolder }> {
  for (;;) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeFileSync(file, JSON.stringify({ pid: process.pid, dashboard: null } satisfies InstanceHolder));
      closeSync(file);
      return {
        lock: {
          announce: (dashboard) =>
            writeFileSync(path, JSON.stringify({ pid: process.pid, dashboard } satisfies InstanceHolder)),
          [Symbol.dispose]: () => rmSync(path, { force: true }),
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder.pid) && (holder.dashboard === null || (await answers(holder.dashboard))))
      return { holder };
    rmSync(path, { force: true });
  }
}

function readHolder(path: string): InstanceHolder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
