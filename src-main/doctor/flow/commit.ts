/** The swap itself, after everything is ready: still the same file, still free, then deed by deed. */
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import { syncFolderOf } from '../files/exact-copy.ts';
import { findHoldersOnLinux } from '../holders/linux.ts';
import { type FlowContext, requireFree } from './flow-context.ts';
import { openJournal } from './journal.ts';
import { changedMeanwhile, isStill } from './keep-originals.ts';
import { type Operation, readOperation } from './operation.ts';
import { removeStaged } from './places.ts';
import { isUntouched, swapIn } from './swap.ts';

/**
 * Failures that leave the database as it was and the operation ready for another try: `held`, `changed-meanwhile`, `swap-refused`. After
 * `swap-unfinished` the next start goes on; `held-meanwhile` ends an undo that came too late.
 */
export async function commit(operation: Operation, context: FlowContext): Promise<Outcome<null>> {
  const { file, folder, originals } = operation;
  const free = await requireFree(context, file);
  if (!free.ok) return free;
  context.onProgress('swap', 0);
  if (!(await isStill(file, originals ?? {}))) return changedMeanwhile(file);
  const journal = openJournal(folder, () => context.clock.now(), context.onStep);
  const swap = { ...operation, isFree: () => isFreeNow(file) };
  journal.write('swap-begun');
  let isSettled = false;
  try {
    isSettled = swapIn(swap, journal);
  } catch (error) {
    const reason = (error as Error).message;
    const now = readOperation(context.places, operation.id);
    const canTryAgain = now !== null && isUntouched(now);
    if (canTryAgain && isInUse(error as NodeJS.ErrnoException))
      return failed(
        'held',
        `${file} is open in another program.`,
        'Close that program or choose to wait until it lets go.',
      );
    if (canTryAgain)
      return failed(
        'swap-refused',
        `${file} could not be replaced: ${reason}.`,
        'Close the programs that use it and try again.',
        { detail: reason },
      );
    return failed(
      'swap-unfinished',
      `${file} is whole, and replacing it is not finished: ${reason}.`,
      'It is finished when the app starts next.',
      { detail: reason },
    );
  }
  finish(operation, context);
  if (!isSettled && operation.kind === 'undo')
    return failed(
      'held-meanwhile',
      `A program opened ${file} in the very moment of the undo and goes on with the newer state.`,
      'Close that program and undo again.',
    );
  return ok(null);
}

/** After the last deed; also the end of a crash's recovery. */
export function finish({ file, id, folder }: Operation, context: Pick<FlowContext, 'clock' | 'onStep'>): void {
  removeStaged(file, id);
  syncFolderOf(file);
  openJournal(folder, () => context.clock.now(), context.onStep).write('done');
}

/** Elsewhere `commit` has just asked, or the system itself refuses to remove a file that is open. */
export const isFreeNow = (file: string): boolean =>
  process.platform !== 'linux' || findHoldersOnLinux(file, true).state === 'free';

/** Windows does not say who, but refuses to rename over a file that somebody has open; virus scanners do for a moment. */
const isInUse = ({ code }: NodeJS.ErrnoException): boolean =>
  process.platform === 'win32' && ['EBUSY', 'EPERM', 'EACCES'].includes(code ?? '');
