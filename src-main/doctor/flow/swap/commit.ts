/** The swap itself, after everything is ready: still the same file, still free, then deed by deed. */
import { assertNever, failed, type Outcome, ok } from '../../../contract/outcome.ts';
import { describeHolders, findHoldersNow, isFreeNow } from '../../holders/holders.ts';
import { type FlowContext, heldFailure, requireFree } from '../flow-context.ts';
import { type Contents, createContents } from '../operation/contents.ts';
import { lockFile } from '../operation/file-lock.ts';
import { openJournal } from '../operation/journal.ts';
import { changedMeanwhile, isStill } from '../operation/keep-originals.ts';
import { type Operation, readOperation } from '../operation/operation.ts';
import { shieldOf, stagedOf } from '../operation/places.ts';
import { finish, setAside } from './finish.ts';
import { isUntouched, type SwapEnd, swapIn } from './swap.ts';

/**
 * Failures that leave the database as it was and the operation ready for another try: `held`, `holders-unknown`,
 * `changed-meanwhile`, `swap-refused`. After `swap-unfinished` the next start goes on; `held-meanwhile` ends an undo
 * that came too late.
 */
export async function commit(operation: Operation, context: FlowContext): Promise<Outcome<null>> {
  const { file, folder, originals } = operation;
  const locked = lockFile(context.places, file);
  if (!locked.ok) return locked;
  using _lock = locked.value;
  const free = await requireFree(context, file);
  if (!free.ok) return free;
  context.onProgress('swap', 0);
  const contents = createContents();
  if (!(await isStill(file, originals ?? {}, contents))) return changedMeanwhile(file);
  rememberOwn(operation, contents);
  const journal = openJournal(folder, () => context.clock.now(), context.onStep);
  journal.write('swap-begun');
  try {
    return outcomeOf(swapIn({ ...operation, contents, isFree: isFreeNow }, journal), operation, context);
  } catch (error) {
    const reason = (error as Error).message;
    if (!canTryAgain(operation, context)) return unfinished(file, reason);
    if (isInUse(error as NodeJS.ErrnoException)) return heldFailure(file, '');
    return refused(file, reason);
  }
}

/** Nobody else writes to what lies there under our own names. */
function rememberOwn({ file, id, incoming, shieldSum }: Operation, contents: Contents): void {
  for (const part of ['', '-wal', '-journal'] as const) {
    const sum = incoming?.[part];
    if (sum !== undefined) contents.remember(stagedOf(file, id, part), sum.sha256);
  }
  if (shieldSum !== null) contents.remember(shieldOf(file, id), shieldSum.sha256);
}

function outcomeOf(end: SwapEnd, operation: Operation, context: FlowContext): Outcome<null> {
  const { file } = operation;
  switch (end) {
    case 'settled':
      finish(operation, context);
      return ok(null);
    case 'overtaken':
      // What the program goes on with is the repaired database already, or the one before the undo.
      if (operation.kind !== 'undo') {
        finish(operation, context);
        return ok(null);
      }
      setAside(operation, context);
      return failed('held-meanwhile', { file });
    case 'held':
      if (!canTryAgain(operation, context)) return failed('swap-unfinished/opened', { file });
      return heldFailure(file, describeHolders(findHoldersNow(file, true)));
    case 'changed':
      return canTryAgain(operation, context) ? changedMeanwhile(file) : failed('swap-unfinished/changed', { file });
    case 'taken':
      return failed('swap-refused/taken', { file });
    default:
      return assertNever(end);
  }
}

function canTryAgain({ id }: Operation, { places }: FlowContext): boolean {
  const now = readOperation(places, id);
  return now !== null && isUntouched(now);
}

const refused = (file: string, reason: string) => failed('swap-refused', { file, detail: reason });

const unfinished = (file: string, reason: string) => failed('swap-unfinished', { file, detail: reason });

/**
 * Windows does not say who, but refuses to rename over a file that somebody has open; virus scanners do for a moment.
 */
const isInUse = ({ code }: NodeJS.ErrnoException): boolean =>
  process.platform === 'win32' && ['EBUSY', 'EPERM', 'EACCES'].includes(code ?? '');
