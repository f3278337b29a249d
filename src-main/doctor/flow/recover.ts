/** After a crash: an operation that had not begun to swap leaves no trace, one that had is finished. Either way the database is whole. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveredOperation } from '../doctor-types.ts';
import { finish, isFreeNow } from './commit.ts';
import type { FlowContext } from './flow-context.ts';
import { isProcessAlive } from './is-process-alive.ts';
import { openJournal } from './journal.ts';
import { discard, listOperations, type Operation, readOperation } from './operation.ts';
import type { Places } from './places.ts';
import { isUntouched, swapIn } from './swap.ts';

/** Cheap enough for the main thread at start. */
export function hasLeftovers(places: Places): boolean {
  try {
    if (readdirSync(places.scratch).length > 0) return true;
  } catch {
    // Never used yet.
  }
  try {
    return readdirSync(places.operations).some((name) => readOperation(places, name)?.last !== 'done');
  } catch {
    return false;
  }
}

/** Every operation that no living process is working on. `ended`: key of a job of this process whose thread was ended, or all of them. */
export function recover(
  context: Pick<FlowContext, 'places' | 'clock' | 'onStep'>,
  ended: string,
): RecoveredOperation[] {
  const { places } = context;
  const recovered: RecoveredOperation[] = [];
  for (const operation of listOperations(places)) {
    if (operation.last === 'done') continue;
    const isOwn = operation.pid === process.pid;
    const isOurs = isOwn && (ended === 'all' || operation.id.endsWith(`-${ended}`));
    if (!isOurs && (isOwn || isProcessAlive(operation.pid))) continue;
    recovered.push({ id: operation.id, file: operation.file, end: recoverOne(operation, context) });
  }
  if (ended === 'all') sweepUnbegun(places);
  return recovered;
}

function recoverOne(operation: Operation, context: Pick<FlowContext, 'clock' | 'onStep'>): RecoveredOperation['end'] {
  const { file, folder } = operation;
  if (isUntouched(operation)) {
    discard(operation);
    return 'taken-back';
  }
  const journal = openJournal(folder, () => context.clock.now(), context.onStep);
  swapIn({ ...operation, isFree: () => isFreeNow(file) }, journal);
  finish(operation, context);
  return 'finished';
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
