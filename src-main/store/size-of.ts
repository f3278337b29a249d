import { statSync } from 'node:fs';

/** What a database takes on the disk, bytes: file, WAL and shared memory. */
export function sizeOf(path: string): number {
  return ['', '-wal', '-shm'].reduce(
    (sum, suffix) => sum + (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
