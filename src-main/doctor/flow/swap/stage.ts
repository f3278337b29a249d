/**
 * The last preparation: the new file durable, with the owner and mode of the old one, and a shield where two files
 * change at once.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import { copyAndHash, hashFile, syncFile, syncFolderOf, type Watch } from '../../files/exact-copy.ts';
import { takeOwnerOf } from '../../files/take-owner.ts';
import { settle } from '../../repairs/logs/settle.ts';
import type { Journal, Sums } from '../operation/journal.ts';
import { originalOf, partsIn, shieldOf, stagedOf } from '../operation/places.ts';
import { type Shield, writeShield } from './shield.ts';

const shieldFacts = (shield: Shield | null) => ({ shield: shield?.salts ?? null, shieldSum: shield?.sum ?? null });

/** A zero-length log or journal means nothing to SQLite, nor does any without its database. */
const hasSecondFile = (sums: Sums): boolean =>
  sums[''] !== undefined && ((sums['-wal']?.bytes ?? 0) > 0 || (sums['-journal']?.bytes ?? 0) > 0);

/** `work` is finished and settled. @returns SHA-256 of the new file */
export async function stageRepaired(
  file: string,
  id: string,
  originals: Sums,
  journal: Journal,
  watch: Watch,
): Promise<string> {
  const work = stagedOf(file, id);
  for (const part of ['-wal', '-shm', '-journal'] as const) rmSync(stagedOf(file, id, part), { force: true });
  if (existsSync(file)) takeOwnerOf(file, work);
  syncFile(work);
  const sha256 = await hashFile(work, watch);
  const shield = hasSecondFile(originals) ? await writeShield(work, shieldOf(file, id), watch.signal) : null;
  syncFolderOf(work);
  journal.write('staged', { incoming: { '': { sha256, bytes: statSync(work).size } }, ...shieldFacts(shield) });
  return sha256;
}

/**
 * The originals of an earlier operation go back. The shield is made from what is there now, so that a crash in between
 * leaves that whole; a file that SQLite can't read has no such view, and then the journal alone sees to it that the
 * undo is finished.
 */
export async function stageOriginals(
  file: string,
  id: string,
  from: { readonly folder: string; readonly originals: Sums },
  now: { readonly folder: string; readonly originals: Sums },
  journal: Journal,
  watch: Watch,
): Promise<boolean> {
  for (const part of partsIn(from.originals)) {
    const staged = stagedOf(file, id, part);
    const sha256 = await copyAndHash(originalOf(from.folder, part), staged, watch);
    if (sha256 !== from.originals[part]?.sha256) return false;
    takeOwnerOf(existsSync(file) ? file : originalOf(from.folder), staged);
  }
  // Where no file is, nobody reads what is beside it: there the order of the deeds is enough.
  const isThere = now.originals[''] !== undefined;
  const needsShield = isThere && (hasSecondFile(from.originals) || hasSecondFile(now.originals));
  const shield = needsShield ? await shieldOfNow(file, id, now, watch) : null;
  syncFolderOf(file);
  journal.write('staged', { incoming: from.originals, ...shieldFacts(shield) });
  return true;
}

async function shieldOfNow(
  file: string,
  id: string,
  now: { readonly folder: string; readonly originals: Sums },
  watch: Watch,
): Promise<Shield | null> {
  const view = originalOf(now.folder).replace(/original$/, 'view');
  try {
    for (const part of partsIn(now.originals))
      if (part !== '-shm') await copyAndHash(originalOf(now.folder, part), view + part, watch);
    settle(view);
    return await writeShield(view, shieldOf(file, id), watch.signal);
  } catch (error) {
    if (watch.signal?.aborted) throw error;
    rmSync(shieldOf(file, id), { force: true });
    return null;
  } finally {
    for (const part of ['', '-wal', '-shm', '-journal']) rmSync(view + part, { force: true });
  }
}
