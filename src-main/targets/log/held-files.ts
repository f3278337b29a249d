/**
 * Files that stay open from look to look, so that one which is renamed or deleted between two is still read to its end,
 * and its inode goes to no other file meanwhile. Not on Windows: there a name that is deleted while open can't be used
 * again.
 */
import { closeSync, openSync } from 'node:fs';
import { systemClock } from '../../platform/clock.ts';
import { contentOf, type LogContent } from './log-content.ts';

/** Of all targets together; the system allows a process 1,024. */
const maxHeld = 300;
/** Of targets that were removed. */
const forgetAfterMs = 300_000;

const held = new Map<string, { readonly file: number; usedMs: number }>();
const canHold = process.platform !== 'win32';

/** Keeps exactly these of this target's files open. */
export function holdFiles(key: string, files: readonly { readonly path: string; readonly inode: string }[]): void {
  if (!canHold) return;
  const now = systemClock.monotonic();
  const wanted = new Map(files.map((file) => [`${key} ${file.inode}`, file]));
  for (const [name, one] of held) {
    if (wanted.has(name)) one.usedMs = now;
    else if (name.startsWith(`${key} `) || now - one.usedMs > forgetAfterMs) release(name, one.file);
  }
  for (const [name, { path, inode }] of wanted) {
    if (held.has(name) || held.size >= maxHeld) continue;
    try {
      const file = openSync(path, 'r');
      held.set(name, { file, usedMs: now });
      // Another one took the name meanwhile.
      if (contentOf(file).inode !== inode) release(name, file);
    } catch {
      // Gone meanwhile: the next look finds out what became of it.
    }
  }
}

/** Closing it is not the caller's. */
export function heldContent(key: string, inode: string): LogContent | undefined {
  const one = held.get(`${key} ${inode}`);
  return one === undefined ? undefined : contentOf(one.file);
}

function release(name: string, file: number): void {
  held.delete(name);
  closeSync(file);
}
