/** Is there room on both disks before anything is copied? */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import { type DatabaseFiles, freeBytes, isMissing } from '../files/database-files.ts';

/** Room that is left for others, and for what grows meanwhile. */
const spareBytes = 16 * 1024 * 1024;

export interface Needs {
  /** In the data directory: the originals. */
  readonly keep: number;
  /**
   * Beside the database: the copy to work on, a second one while a new file is written, the shield where there is a log
   * or journal.
   */
  readonly beside: number;
}

export function needsOf({ sizes, totalBytes }: DatabaseFiles): Needs {
  const hasSecondFile = (sizes['-wal'] ?? 0) > 0 || (sizes['-journal'] ?? 0) > 0;
  return { keep: totalBytes, beside: totalBytes * (hasSecondFile ? 3 : 2) };
}

export function requireRoom(files: DatabaseFiles, dataFolder: string, needs: Needs): Outcome<null> {
  const folder = dirname(files.path);
  const isOneDisk = statSync(folder).dev === statSync(dataFolder).dev;
  const lacks = (where: string, bytes: number): Outcome<null> | undefined => {
    const free = freeBytes(where);
    if (free === null || free >= bytes + spareBytes) return undefined;
    return failed('disk-full/repair', { folder: where, free, needed: bytes + spareBytes });
  };
  const beside = lacks(folder, needs.beside + (isOneDisk ? needs.keep : 0));
  return beside ?? (isOneDisk ? undefined : lacks(dataFolder, needs.keep)) ?? ok(null);
}

export function requireWritable(files: DatabaseFiles): Outcome<null> {
  const folder = dirname(files.path);
  for (const where of isMissing(files) ? [folder] : [files.path, folder]) {
    try {
      accessSync(where, constants.W_OK);
    } catch (error) {
      return failed('read-only', { place: where, detail: (error as NodeJS.ErrnoException).code ?? '' });
    }
  }
  return ok(null);
}
