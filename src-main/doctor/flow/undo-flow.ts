/**
 * Takes an operation back: its originals return byte by byte, and what they replace is kept, so that the undo can be
 * undone.
 */
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import { type DatabaseFiles, findDatabasePlace } from '../files/database-files.ts';
import { hashFile } from '../files/exact-copy.ts';
import { begin } from './begin.ts';
import type { FlowContext } from './flow-context.ts';
import type { Sums } from './operation/journal.ts';
import { discard, isUndoable, listOperations, type Operation, originalBytes } from './operation/operation.ts';
import { stageOriginals } from './swap/stage.ts';

export interface UndoRequest {
  readonly file: string;
  readonly undoId?: string;
  readonly isChangeAccepted: boolean;
}

/** Newest first. */
export const undoableOf = (context: Pick<FlowContext, 'places'>, file?: string): Operation[] =>
  listOperations(context.places)
    .filter((operation) => isUndoable(operation) && (file === undefined || operation.file === file))
    .reverse();

/**
 * Failures: `nothing-to-undo`, `changed-since`, `originals-damaged`, and those of every operation. @returns the
 * operation to commit
 */
export async function prepareUndo(request: UndoRequest, context: FlowContext): Promise<Outcome<string>> {
  const found = findDatabasePlace(request.file);
  if (!found.ok) return found;
  const { path } = found.value;
  const target = undoableOf(context, path).find(({ id }) => request.undoId === undefined || id === request.undoId);
  if (target?.originals == null) return failed('nothing-to-undo', { file: path });
  if (!request.isChangeAccepted && (await isChangedSince(target))) return changedSince(path);
  const begun = await begin(path, 'undo', context, { beside: originalBytes(target) });
  if (!begun.ok) return begun;
  const { id, folder, journal, originals, lock } = begun.value;
  using _lock = lock;
  const giveUp = (): void => discard({ file: path, id, folder });
  // Somebody may have written between the look and the copy; the copy tells.
  if (!request.isChangeAccepted && !isAsLeft(target, originals)) {
    giveUp();
    return changedSince(path);
  }
  try {
    const isWhole = await stageOriginals(
      path,
      id,
      { folder: target.folder, originals: target.originals },
      { folder, originals },
      journal,
      context.signal === undefined ? {} : { signal: context.signal },
    );
    if (isWhole) return ok(id);
    giveUp();
    return failed('originals-damaged', { file: path });
  } catch (error) {
    giveUp();
    throw error;
  }
}

const changedSince = (path: string) => failed('changed-since', { file: path });

/** What was copied is what the operation left, or nothing that anybody could miss. */
function isAsLeft({ incoming }: Operation, now: Sums): boolean {
  const bytes = (part: '' | '-wal'): number => now[part]?.bytes ?? 0;
  if (bytes('') === 0 && (now[''] === undefined || bytes('-wal') === 0)) return true;
  return now['']?.sha256 === incoming?.['']?.sha256 && bytes('-wal') === (incoming?.['-wal']?.bytes ?? 0);
}

/**
 * By content, because opening a database alone can change its time stamp. A log beside it is a change; that it is gone
 * is not.
 */
async function isChangedSince(operation: Operation): Promise<boolean> {
  const { file, incoming } = operation;
  if (looksChangedSince(operation)) return true;
  const sizes = sizesNow(file);
  return sizes !== null && !isNothing(sizes) && (await hashFile(file)) !== incoming?.['']?.sha256;
}

/** The same from sizes alone, for lists: cheap, and it may miss a change that the undo itself then finds. */
export function looksChangedSince({ file, incoming }: Operation): boolean {
  const sizes = sizesNow(file);
  if (sizes === null || incoming === null) return true;
  if (isNothing(sizes)) return false;
  return (sizes['-wal'] ?? 0) !== (incoming['-wal']?.bytes ?? 0) || sizes[''] !== incoming['']?.bytes;
}

/** null: what is there now is no file. */
function sizesNow(file: string): DatabaseFiles['sizes'] | null {
  const found = findDatabasePlace(file);
  return found.ok ? found.value.sizes : null;
}

/** Nothing is there that the undo could take away: no file, whose log nobody could read, or one that was emptied. */
const isNothing = (sizes: DatabaseFiles['sizes']): boolean =>
  sizes[''] === undefined || (sizes[''] === 0 && (sizes['-wal'] ?? 0) === 0);
