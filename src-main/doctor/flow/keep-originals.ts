/** The exact copy before anything else: every file of the database, byte by byte, proven by a second reading of the copy. */
import { statSync } from 'node:fs';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import type { DatabaseFiles, Part } from '../files/database-files.ts';
import { copyAndHash, hashFile, takeOwnerOf, type Watch } from '../files/exact-copy.ts';
import type { Sums } from './journal.ts';
import { originalOf, partsIn } from './places.ts';

export async function keepOriginals(files: DatabaseFiles, folder: string, watch: Watch): Promise<Outcome<Sums>> {
  const sums: Partial<Record<Part, { sha256: string; bytes: number }>> = {};
  const before = stamps(files);
  for (const part of partsIn(files.sizes)) {
    const copy = originalOf(folder, part);
    const sha256 = await copyAndHash(files.path + part, copy, watch);
    if ((await hashFile(copy, watch)) !== sha256)
      return failed(
        'copy-differs',
        `The copy of ${files.path + part} does not read back as it was written.`,
        'Check the disk that holds the data directory; nothing was changed.',
      );
    takeOwnerOf(files.path + part, copy);
    sums[part] = { sha256, bytes: statSync(copy).size };
  }
  return stamps(files) === before ? ok(sums) : changedMeanwhile(files.path);
}

/** Reads the files again: are they still what was copied? A shared-memory index means nothing on its own and may differ. */
export async function isStill(file: string, sums: Sums, watch: Watch = {}): Promise<boolean> {
  for (const part of ['', '-wal', '-journal'] as const) {
    const size = statSync(file + part, { throwIfNoEntry: false })?.size;
    const kept = sums[part];
    if ((size ?? 0) !== (kept?.bytes ?? 0)) return false;
    // A log of 0 bytes comes and goes and means nothing; a database does not.
    if (part === '' && (size === undefined) !== (kept === undefined)) return false;
    if (kept !== undefined && size !== undefined && (await hashFile(file + part, watch)) !== kept.sha256) return false;
  }
  return true;
}

export const changedMeanwhile = (file: string) =>
  failed(
    'changed-meanwhile',
    `${file} was changed by another program meanwhile; nothing was replaced.`,
    'End the program that writes to it, then try again.',
    { file },
  );

const stamps = (files: DatabaseFiles): string =>
  partsIn(files.sizes)
    .map((part) => {
      const stat = statSync(files.path + part, { throwIfNoEntry: false });
      return `${stat?.size} ${stat?.mtimeMs} ${stat?.ino}`;
    })
    .join();
