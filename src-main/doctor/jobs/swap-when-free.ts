/**
 * Prepares an operation and commits it; whoever holds the file before or in between is waited for, if the user wants
 * that.
 */
import { type Failure, failed, type Outcome, ok } from '../../contract/outcome.ts';
import type { Clock } from '../../platform/clock.ts';
import type { UndoLimits } from '../flow/operation/retention.ts';
import type { JobHandle } from './jobs.ts';
import { waitUntilFree } from './wait-until-free.ts';
import type { Thread } from './with-thread.ts';

export interface Swapping<P, R> {
  readonly thread: Thread;
  readonly file: string;
  readonly handle: JobHandle;
  readonly clock: Clock;
  readonly waits: boolean;
  /** As set when the swap is done. */
  readonly undoLimits: () => UndoLimits;
  readonly prepare: () => Promise<Outcome<P>>;
  /** The operation to commit; null: the file stays as it is, and nothing of the operation is left. */
  readonly confirm: (prepared: P) => Promise<Outcome<string | null>>;
  readonly commit: (id: string) => Promise<Outcome<R>>;
  readonly unchanged: (prepared: P) => R;
}

export async function swapWhenFree<P, R>(swapping: Swapping<P, R>): Promise<Outcome<R>> {
  const { thread, file, handle, clock, waits, prepare, confirm, commit } = swapping;
  const isFreed = (): Promise<boolean> =>
    waitUntilFree(() => thread.call('holders', { file, withSelf: true }), handle, clock);
  const stopped = failed('cancelled/waiting', { file });
  for (;;) {
    const prepared = await prepare();
    if (!prepared.ok) {
      if (!isHeld(prepared.failure) || !waits) return prepared;
      if (!(await isFreed())) return stopped;
      continue;
    }
    const confirmed = await confirm(prepared.value);
    if (!confirmed.ok) return confirmed;
    if (confirmed.value === null) return ok(swapping.unchanged(prepared.value));
    const id = confirmed.value;
    for (;;) {
      // From here on a cancellation comes too late: the swap is a few renames.
      const committed = await commit(id);
      if (committed.ok) {
        await thread.call('retire', swapping.undoLimits());
        return committed;
      }
      const { failure } = committed;
      if (isHeld(failure) && waits && (await isFreed())) continue;
      if (failure.kind !== 'swap-unfinished') await thread.call('discard', id);
      return isHeld(failure) && waits ? stopped : committed;
    }
  }
}

/** What cannot be told counts as held. */
const isHeld = ({ kind }: Failure): boolean => kind === 'held' || kind === 'holders-unknown';
