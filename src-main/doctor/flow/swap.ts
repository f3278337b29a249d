/**
 * Puts staged files in the place of a database. Each deed is one rename or removal, journaled before it, and done only if not done yet,
 * so that a crash at any of them is finished by running the same function again.
 */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { parts } from '../files/database-files.ts';
import { syncFolderOf } from '../files/exact-copy.ts';
import type { Journal } from './journal.ts';
import { isIntoNothing, type Operation } from './operation.ts';
import { shieldOf, stagedOf } from './places.ts';
import { isShield } from './shield.ts';

/** `shield`: its salts; null where a single rename does it all. */
export interface Swap extends Pick<Operation, 'file' | 'id' | 'shield' | 'originals' | 'incoming'> {
  /** Nobody else has the file open. Asked right before anything is removed that a program might be using. */
  readonly isFree: () => boolean;
}

/** What goes in first still waits beside the database. */
const isBeforeFirstMove = ({ file, id, shield }: Operation): boolean =>
  existsSync(shield === null ? stagedOf(file, id) : shieldOf(file, id));

/** Nothing of the database has been touched: the operation can be taken back. */
export function isUntouched(operation: Operation): boolean {
  if (operation.last === 'done') return false;
  if (operation.incoming === null || operation.last === 'staged' || isPlaceTaken(operation)) return true;
  return isBeforeFirstMove(operation) && !operation.hasCleared;
}

/** No file was there, and before ours went in, somebody made one: it is not ours to replace. */
const isPlaceTaken = (swap: Pick<Swap, 'file' | 'id' | 'originals'>): boolean =>
  isIntoNothing(swap) && existsSync(stagedOf(swap.file, swap.id)) && existsSync(swap.file);

/** @returns false when a program opened the file under the shield: it reads what the shield holds, and the shield stays. */
export function swapIn(swap: Swap, journal: Journal): boolean {
  const { file, id, shield, incoming, isFree } = swap;
  const move = (from: string, to: string): void => {
    if (!existsSync(from)) return;
    renameSync(from, to);
    syncFolderOf(to);
  };
  const remove = (path: string): void => {
    if (!existsSync(path)) return;
    rmSync(path, { force: true });
    syncFolderOf(path);
  };
  const log = `${file}-wal`;
  let isShieldLeft = false;

  if (isIntoNothing(swap) && existsSync(stagedOf(file, id))) {
    // Without its database a log says nothing to anyone, so what lies beside goes in first, and the file makes it all true at once. Once it is
    // in, what lies beside may be a program's.
    const beside = ['-journal', '-wal'] as const;
    if (beside.some((part) => existsSync(file + part) || existsSync(stagedOf(file, id, part)))) {
      journal.write('clearing');
      for (const part of beside) if (incoming?.[part] === undefined) remove(file + part);
      journal.write('placing-journal');
      move(stagedOf(file, id, '-journal'), `${file}-journal`);
      journal.write('placing-log');
      move(stagedOf(file, id, '-wal'), log);
    }
    if (isPlaceTaken(swap)) throw new Error('a file has appeared there meanwhile');
  } else if (shield !== null) {
    journal.write('shielding');
    move(shieldOf(file, id), log);
    journal.write('removing-journal');
    // Once the new file is in, a journal beside it is the new one.
    if (existsSync(stagedOf(file, id))) remove(`${file}-journal`);
  } else if (existsSync(stagedOf(file, id)) && ['-wal', '-journal'].some((part) => isFilled(file + part))) {
    // Only an undo of something that SQLite can't read comes here; its log must not be applied to what goes in.
    journal.write('clearing');
    for (const part of ['-wal', '-journal']) remove(file + part);
  }
  journal.write('swapping');
  move(stagedOf(file, id), file);
  if (shield !== null) {
    // Played back beneath the shield, by whoever opens the file right now, it would harm nobody.
    journal.write('placing-journal');
    move(stagedOf(file, id, '-journal'), `${file}-journal`);
    journal.write('placing-log');
    if (existsSync(stagedOf(file, id, '-wal'))) move(stagedOf(file, id, '-wal'), log);
    // A program that has it open already goes on with the shield as its log, which is as good.
    else if (isShield(log, shield)) {
      if (isFree()) remove(log);
      else isShieldLeft = true;
    }
  }
  // The shared-memory index is rebuilt from the log by the first to open the file; only an undo has one to put back.
  for (const part of parts) move(stagedOf(file, id, part), file + part);
  journal.write('settled');
  return !isShieldLeft;
}

const isFilled = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
