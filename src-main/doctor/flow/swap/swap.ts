/**
 * Puts staged files in the place of a database. Before each deed it is proven that the database is still what was
 * copied and that nobody has it open; where it is not, what is there stays. A crash at any deed is finished by running
 * the same function again.
 */
import { existsSync, rmSync } from 'node:fs';
import { parts } from '../../files/database-files.ts';
import { type Contents, isEmpty } from '../operation/contents.ts';
import type { Journal } from '../operation/journal.ts';
import { isIntoNothing, type Operation } from '../operation/operation.ts';
import { oldOf, removedShieldOf, shieldOf, stagedOf } from '../operation/places.ts';
import { createDeeds, type Deeds, isOneFile, type Kept } from './deeds.ts';

/** `shield`: its salts; null where a single rename does it all. */
export interface Swap
  extends Pick<Operation, 'file' | 'id' | 'kind' | 'shield' | 'shieldSum' | 'originals' | 'incoming'> {
  /** Nobody has this file open, nor what lies beside it. */
  readonly isFree: (path: string) => boolean;
  readonly contents: Contents;
}

export type SwapEnd =
  | 'settled'
  /** Nothing has been replaced: a program has it open. */
  | 'held'
  /** Nothing has been replaced: it is no longer what was copied. */
  | 'changed'
  /** Nothing has been placed: where no file was, somebody has made one. */
  | 'taken'
  /**
   * A program took what it found on the way, and goes on with it: what the shield holds, or what was already in place.
   */
  | 'overtaken';

/** What goes in first still waits beside the database. */
const isBeforeFirstMove = ({ file, id, shield }: Operation): boolean =>
  existsSync(shield === null ? stagedOf(file, id) : shieldOf(file, id));

/** Nothing of the database has been touched: the operation can be taken back. */
export function isUntouched(operation: Operation): boolean {
  if (operation.isOver) return false;
  if (operation.incoming === null || operation.last === 'staged' || isPlaceTaken(operation)) return true;
  return isBeforeFirstMove(operation) && !operation.hasCleared;
}

/** No file was there, and before ours went in, somebody made one: it is not ours to replace. */
const isPlaceTaken = (swap: Pick<Swap, 'file' | 'id' | 'originals'>): boolean =>
  isIntoNothing(swap) &&
  existsSync(stagedOf(swap.file, swap.id)) &&
  existsSync(swap.file) &&
  !isOneFile(stagedOf(swap.file, swap.id), swap.file);

export function swapIn(swap: Swap, journal: Journal): SwapEnd {
  const deeds = createDeeds(swap.contents, swap.isFree);
  const end = isIntoNothing(swap)
    ? placeIntoNothing(swap, journal, deeds)
    : swap.shield === null
      ? swapAlone(swap, journal, deeds)
      : swapUnderShield(swap, journal, deeds);
  if (end === 'settled') journal.write('settled');
  return end;
}

const beside = ['-wal', '-journal'] as const;
type Beside = (typeof beside)[number];

const keptOriginal = ({ file, id, originals }: Swap, part: '' | Beside): Kept => ({
  path: oldOf(file, id, part),
  sum: originals?.[part],
});

/** As it was copied; what this swap itself has moved away already is in order, too. */
function isAsCopied(swap: Swap): boolean {
  const { file, id, originals, contents } = swap;
  return (
    contents.isSame(file, originals?.['']) &&
    beside.every(
      (part) =>
        contents.isSameBeside(file + part, originals?.[part]) ||
        (isEmpty(file + part) && existsSync(oldOf(file, id, part))),
    )
  );
}

/** One rename; only an undo of something that SQLite can't read has more to do, and nobody is reading that. */
function swapAlone(swap: Swap, journal: Journal, { moveOver, moveAway, moveIntoNothing }: Deeds): SwapEnd {
  const { file, id, incoming, contents, isFree } = swap;
  const staged = stagedOf(file, id);
  if (existsSync(staged)) {
    // A log of what was there must not be applied to what goes in.
    const clears = beside.some((part) => !isEmpty(file + part));
    if (clears && !isAsCopied(swap)) return 'changed';
    if (clears) journal.write('clearing');
    else journal.write('swapping');
    if (!isFree(file)) return 'held';
    if (!isAsCopied(swap)) return 'changed';
    if (clears) {
      for (const part of beside) if (!moveAway(file + part, keptOriginal(swap, part))) return 'held';
      journal.write('swapping');
    }
  }
  if (!moveOver(staged, file, keptOriginal(swap, ''), incoming?.[''])) return 'held';
  const left = parts.filter((part) => part !== '' && existsSync(stagedOf(file, id, part)));
  if (left.length === 0) return 'settled';
  if (!contents.isSame(file, incoming?.['']) || !isFree(file)) return 'overtaken';
  for (const part of left) if (!moveIntoNothing(stagedOf(file, id, part), file + part)) return 'overtaken';
  return 'settled';
}

/**
 * While the shield lies there, whoever opens the pair reads what the shield holds and writes into it: then it is the
 * database, and stays.
 */
function swapUnderShield(swap: Swap, journal: Journal, deeds: Deeds): SwapEnd {
  const { file, id, incoming, originals, shieldSum, contents, isFree } = swap;
  const { moveOver, moveAway, moveIntoNothing } = deeds;
  const log = `${file}-wal`;
  const shield = shieldOf(file, id);
  const staged = stagedOf(file, id);
  const shieldIsOff: Kept = { path: removedShieldOf(file, id), sum: shieldSum ?? undefined };
  const isShielded = (): boolean => shieldSum !== null && contents.isSame(log, shieldSum);

  const isFirst = existsSync(shield);
  if (isFirst) {
    journal.write('shielding');
    if (!isFree(file)) return 'held';
    if (!isAsCopied(swap)) return 'changed';
  }
  if (!moveOver(shield, log, keptOriginal(swap, '-wal'), shieldSum ?? undefined)) return 'held';
  if (isFirst && !contents.isSame(file, originals?.[''])) {
    // Written in the moment before: what the shield hides is newer than what it holds.
    moveIntoNothing(log, shield);
    return 'changed';
  }

  if (existsSync(staged)) {
    const isAsLeft = (): boolean => isFree(file) && isShielded() && contents.isSame(file, originals?.['']);
    if (existsSync(`${file}-journal`)) {
      journal.write('removing-journal');
      if (!isAsLeft() || !contents.isSameBeside(`${file}-journal`, originals?.['-journal'])) return 'overtaken';
      if (!moveAway(`${file}-journal`, keptOriginal(swap, '-journal'))) return 'overtaken';
    }
    journal.write('swapping');
    if (!isAsLeft()) return 'overtaken';
  }
  if (!moveOver(staged, file, keptOriginal(swap, ''), incoming?.[''])) return 'overtaken';

  const stagedLog = stagedOf(file, id, '-wal');
  const hasLog = incoming?.['-wal'] !== undefined;
  if (hasLog ? existsSync(stagedLog) : !existsSync(shieldIsOff.path)) {
    const isAsLeft = (): boolean =>
      isFree(file) && (isShielded() || isEmpty(log)) && contents.isSame(file, incoming?.['']);
    // Played back beneath the shield, by whoever opens the file right now, it would harm nobody.
    journal.write('placing-journal');
    if (!isAsLeft()) return 'overtaken';
    const stagedJournal = stagedOf(file, id, '-journal');
    /**
     * Opened in the last moment, and perhaps closed again: this journal must not be played back into what a program
     * writes now.
     */
    const withdrawJournal = (): SwapEnd => {
      if (!isEmpty(`${file}-journal`) && contents.isSameBeside(`${file}-journal`, incoming?.['-journal']))
        moveIntoNothing(`${file}-journal`, stagedJournal);
      return 'overtaken';
    };
    if (!moveIntoNothing(stagedJournal, `${file}-journal`)) return 'overtaken';
    if (!isAsLeft()) return withdrawJournal();
    journal.write('placing-log');
    if (!isAsLeft()) return withdrawJournal();
  }
  const isOff = hasLog ? moveOver(stagedLog, log, shieldIsOff, incoming['-wal']) : moveAway(log, shieldIsOff);
  if (!isOff) return 'overtaken';
  if (hasLog && !contents.isSame(file, incoming?.['']) && contents.isSame(log, incoming['-wal'])) {
    // Opened, brought the shield home and closed, all in the last moment: this log is none of what is there now.
    moveIntoNothing(log, stagedLog);
    return 'overtaken';
  }
  placeSharedMemory(swap, deeds);
  return 'settled';
}

/**
 * The first to open the file makes it anew from the log; only an undo has one to put back, and only while nobody can
 * have begun.
 */
function placeSharedMemory({ file, id, incoming, contents, isFree }: Swap, { moveIntoNothing }: Deeds): void {
  const staged = stagedOf(file, id, '-shm');
  if (!existsSync(staged) || !contents.isSameBeside(`${file}-wal`, incoming?.['-wal']) || !isFree(file)) return;
  rmSync(`${file}-shm`, { force: true });
  moveIntoNothing(staged, `${file}-shm`);
}

/**
 * Without its database a log says nothing to anyone, so what lies beside goes in first, and the file makes it all true
 * at once. Once it is in, what lies beside may be a program's.
 */
function placeIntoNothing(swap: Swap, journal: Journal, deeds: Deeds): SwapEnd {
  const { moveOver, moveAway, moveIntoNothing } = deeds;
  const { file, id, incoming, isFree } = swap;
  const staged = stagedOf(file, id);
  if (!existsSync(staged)) return 'settled';
  if (isPlaceTaken(swap)) return 'taken';
  if (existsSync(file)) return moveIntoNothing(staged, file) ? 'settled' : 'taken';
  if (!isFree(file)) return 'held';
  if (beside.some((part) => existsSync(file + part) || existsSync(stagedOf(file, id, part)))) {
    journal.write('clearing');
    for (const part of beside)
      if (incoming?.[part] === undefined && !moveAway(file + part, keptOriginal(swap, part))) return 'held';
    journal.write('placing-journal');
    journal.write('placing-log');
    for (const part of beside)
      if (incoming?.[part] !== undefined)
        if (!moveOver(stagedOf(file, id, part), file + part, keptOriginal(swap, part), incoming[part])) return 'held';
  }
  journal.write('swapping');
  if (!moveIntoNothing(staged, file)) return 'taken';
  placeSharedMemory(swap, deeds);
  return 'settled';
}
