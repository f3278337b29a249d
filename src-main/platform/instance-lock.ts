/** One monitor for a data directory: a second start learns where the first one is. */
import { closeSync, constants, lstatSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { systemClock } from './clock.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { processStart } from './process-start.ts';

const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** When it began; a process with that id that began at another time is not the holder. */
  startedAt: z.string().max(100).optional(),
  /** Nothing but this machine is ever asked. */
  dashboard: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/)
    .nullable(),
});
export type InstanceHolder = z.infer<typeof holderSchema>;

export interface InstanceLock extends Disposable {
  /** Says where the dashboard answers, without its token. */
  announce(dashboard: string): void;
}

/** Who has announced no address after this time is not on the way to do so. */
const maxStartMs = 60_000;

/**
 * Takes the lock file, or tells who holds it. A file whose process is gone is taken over, and one that names a process
 * which it never was: another one began under that id. Where the system does not tell beginnings, `answers` is asked
 * once the holder has announced an address.
 */
export async function takeInstanceLock(
  path: string,
  answers: (dashboard: string) => Promise<boolean>,
): Promise<{ readonly lock: InstanceLock } | { readonly holder: InstanceHolder }> {
  const own = (dashboard: string | null): string => {
    const startedAt = processStart(process.pid);
    const holder: InstanceHolder = { pid: process.pid, ...(startedAt !== undefined && { startedAt }), dashboard };
    return JSON.stringify(holder);
  };
  for (;;) {
    try {
      const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
      writeFileSync(file, own(null));
      closeSync(file);
      return {
        lock: {
          announce: (dashboard) => writePrivateFile(path, own(dashboard)),
          [Symbol.dispose]: () => rmSync(path, { force: true }),
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && isPossible(holder, path)) {
      if (holder.dashboard === null || (await answers(holder.dashboard))) return { holder };
    }
    rmSync(path, { force: true });
  }
}

/** The monitor that runs on a data directory now and has said where it answers. */
export function findInstance(path: string): { readonly pid: number; readonly dashboard: string } | undefined {
  const holder = readHolder(path);
  if (holder === undefined || holder.dashboard === null || !isPossible(holder, path)) return undefined;
  return { pid: holder.pid, dashboard: holder.dashboard };
}

function readHolder(path: string): InstanceHolder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readPrivateFile(path) ?? ''));
  } catch {
    return undefined;
  }
}

/** What the file says may be true. */
function isPossible({ pid, startedAt, dashboard }: InstanceHolder, path: string): boolean {
  if (!isAlive(pid)) return false;
  const actual = processStart(pid);
  if (startedAt !== undefined && actual !== undefined) return startedAt === actual;
  return (
    dashboard !== null || systemClock.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < maxStartMs
  );
}

/** One of another user is none of ours: nobody else can write into this folder. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
