/**
 * After a crash: an operation that had not begun to swap leaves no trace, one that had is finished, if the database is
 * still as it was left. Where another program has gone on meanwhile, its data stays. In every case the database is
 * whole.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '../../../contract/outcome.ts';
import type { RecoveredOperation } from '../../doctor-types.ts';
import { isFreeNow } from '../../holders/holders.ts';
import type { FlowContext } from '../flow-context.ts';
import { createContents } from '../operation/contents.ts';
import { isProcessAlive } from '../operation/is-process-alive.ts';
import { openJournal } from '../operation/journal.ts';
import { discard, isIntoNothing, listOperations, type Operation, readOperation } from '../operation/operation.ts';
import { type Places, stagedOf } from '../operation/places.ts';
import { finish, setAside } from './finish.ts';
import { isUntouched, swapIn } from './swap.ts';

/** Cheap enough for the main thread at start. */
export function hasLeftovers(places: Places): boolean {
  try {
    if (readdirSync(places.scratch).length > 0) return true;
  } catch {
    // Never used yet.
  }
  try {
    return readdirSync(places.operations).some((name) => readOperation(places, name)?.isOver !== true);
  } catch {
    return false;
  }
}

/**
 * Every operation that no living process is working on. `ended`: key of a job of this process whose thread was ended,
 * or all of them.
 */
export function recover(
  context: Pick<FlowContext, 'places' | 'clock' | 'onStep'>,
  ended: string,
): RecoveredOperation[] {
  const { places } = context;
  const recovered: RecoveredOperation[] = [];
  for (const operation of listOperations(places)) {
    if (operation.isOver) continue;
    const isOwn = operation.pid === process.pid;
    const isOurs = isOwn && (ended === 'all' || operation.id.endsWith(`-${ended}`));
    if (!isOurs && (isOwn || isProcessAlive(operation.pid))) continue;
    recovered.push({ id: operation.id, file: operation.file, end: recoverOne(operation, context) });
  }
  if (ended === 'all') sweepUnbegun(places);
  return recovered;
}

/**
 * Of one file, for whoever is about to work on it and has its lock: what stopped in the middle of a swap and is
 * nobody's any more.
 */
export function recoverFile(
  file: string,
  context: Pick<FlowContext, 'places' | 'clock' | 'onStep'>,
): readonly RecoveredOperation[] {
  return listOperations(context.places)
    .filter((one) => one.file === file && !one.isOver && !isUntouched(one))
    .filter(({ pid }) => pid === process.pid || !isProcessAlive(pid))
    .map((operation) => ({ id: operation.id, file, end: recoverOne(operation, context) }));
}

function recoverOne(operation: Operation, context: Pick<FlowContext, 'clock' | 'onStep'>): RecoveredOperation['end'] {
  const { file, folder } = operation;
  if (isUntouched(operation)) {
    discard(operation);
    return 'taken-back';
  }
  // Whoever has it open goes on with what is there; it is whole, and finishing waits. A file put where none was is all
  // there is to do.
  const isInPlace = isIntoNothing(operation) && !existsSync(stagedOf(file, operation.id));
  if (!isInPlace && !isFreeNow(file)) return 'waits';
  const journal = openJournal(folder, () => context.clock.now(), context.onStep);
  const end = swapIn({ ...operation, isFree: isFreeNow, contents: createContents() }, journal);
  switch (end) {
    case 'settled':
      finish(operation, context);
      return 'finished';
    case 'held':
      return 'waits';
    case 'overtaken':
      // Under the shield of a repair the program has gone on with the repaired database.
      if (operation.kind === 'undo') setAside(operation, context);
      else finish(operation, context);
      return 'kept-newer';
    case 'changed':
    case 'taken':
      setAside(operation, context);
      return 'kept-newer';
    default:
      return assertNever(end);
  }
}

/** Folders whose first line was never written, and views that were being looked at. */
function sweepUnbegun(places: Places): void {
  for (const [folder, isLeft] of [
    [places.operations, (name: string) => readOperation(places, name) === null],
    [places.scratch, (name: string) => !isProcessAlive(Number(name.split('-')[0]))],
  ] as const) {
    let names: string[] = [];
    try {
      names = readdirSync(folder);
    } catch {
      continue;
    }
    for (const name of names) if (isLeft(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
