/**
 * A file that was deleted or replaced under an open connection: noticed, and written anew while the connection still
 * has it.
 */
import { renameSync, rmSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

export function wasReplaced(path: string, inode: bigint | undefined): boolean {
  if (inode === undefined) return false;
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino !== inode;
}

/**
 * Where the path is free, the history goes back there. A file that someone put in its place is theirs, and is opened
 * next.
 */
export function rescueDeleted(database: Database, path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  const rescued = `${path}.rescued`;
  rmSync(rescued, { force: true });
  database.prepare('VACUUM INTO ?').run(rescued);
  // The log of the file that is gone would be taken for that of the new one.
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(rescued, path);
}
