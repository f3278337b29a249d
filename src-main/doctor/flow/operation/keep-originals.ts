/**
 * The exact copy before anything else: every file of the database, byte by byte, proven by a second reading of the
 * copy.
 */
import { existsSync, statSync } from 'node:fs';
import { failed, type Outcome, ok } from '../../../contract/outcome.ts';
import type { DatabaseFiles, Part } from '../../files/database-files.ts';
import { copyAndHash, hashFile, type Watch } from '../../files/exact-copy.ts';
import { takeOwnerOf } from '../../files/take-owner.ts';
import type { Contents } from './contents.ts';
import type { Sum, Sums } from './journal.ts';
import { originalOf, partsIn } from './places.ts';

export async function keepOriginals(files: DatabaseFiles, folder: string, watch: Watch): Promise<Outcome<Sums>> {
  try {
    return await copyParts(files, folder, watch);
  } catch (error) {
    // Whoever opened it since has played the journal back, or brought the log home.
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isGone && partsIn(files.sizes).some((part) => !existsSync(files.path + part)))
      return changedMeanwhile(files.path);
    throw error;
  }
}

async function copyParts(files: DatabaseFiles, folder: string, watch: Watch): Promise<Outcome<Sums>> {
  const sums: Partial<Record<Part, Sum>> = {};
  const before = stampsOf(files.path);
  for (const part of partsIn(files.sizes)) {
    const copy = originalOf(folder, part);
    const sha256 = await copyAndHash(files.path + part, copy, watch);
    if ((await hashFile(copy, watch)) !== sha256) return failed('copy-differs', { file: files.path + part });
    takeOwnerOf(files.path + part, copy);
    sums[part] = { sha256, bytes: statSync(copy).size };
  }
  return stampsOf(files.path) === before ? ok(sums) : changedMeanwhile(files.path);
}

/**
 * Reads the files again: are they still what was copied? A shared-memory index means nothing on its own and may differ.
 */
export async function isStill(file: string, sums: Sums, contents: Contents): Promise<boolean> {
  const before = stampsOf(file);
  for (const part of isStillParts) {
    const size = statSync(file + part, { throwIfNoEntry: false })?.size;
    const kept = sums[part];
    if ((size ?? 0) !== (kept?.bytes ?? 0)) return false;
    // A log of 0 bytes comes and goes and means nothing; a database does not.
    if (part === '' && (size === undefined) !== (kept === undefined)) return false;
    if (kept === undefined || size === undefined) continue;
    const sha256 = await hashFile(file + part).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (sha256 !== kept.sha256) return false;
  }
  const after = stampsOf(file);
  if (before !== after) return false;
  for (const part of isStillParts) {
    const kept = sums[part];
    if (kept !== undefined) contents.remember(file + part, kept.sha256);
  }
  return stampsOf(file) === after;
}

export const changedMeanwhile = (file: string) => failed('changed-meanwhile', { file });

const isStillParts = ['', '-wal', '-journal'] as const;

/** Of all that may lie there, so that what comes to lie there meanwhile counts as a change. */
const stampsOf = (path: string): string =>
  isStillParts
    .map((part) => {
      const stat = statSync(path + part, { bigint: true, throwIfNoEntry: false });
      return stat === undefined || (part !== '' && stat.size === 0n) ? '' : `${stat.size} ${stat.mtimeNs} ${stat.ino}`;
    })
    .join();
