/** What every operation needs; made once for each by the doctor's thread. */
import type { HolderAnswer } from '../../contract/doctor/examination.ts';
import type { JobPhase } from '../../contract/doctor/jobs.ts';
import { assertNever, failed, type Outcome, ok } from '../../contract/outcome.ts';
import type { Clock } from '../../platform/clock.ts';
import { describeHolders } from '../holders/holders.ts';
import type { StepListener } from './operation/journal.ts';
import type { Places } from './operation/places.ts';

export interface FlowContext {
  readonly places: Places;
  readonly clock: Clock;
  /** This thread's own, for copies to look at; exists. */
  readonly scratch: string;
  /** A few characters that no other operation has. */
  readonly random: () => string;
  readonly findHolders: (path: string, withSelf?: boolean) => Promise<HolderAnswer>;
  /** This process itself has the file open. */
  readonly isOpenHere: (path: string) => boolean;
  readonly signal?: AbortSignal;
  readonly onProgress: (phase: JobPhase, share: number, step?: string) => void;
  readonly onStep?: StepListener;
}

/** What cannot be known is treated as held: whoever cannot be seen loses nothing. */
export async function requireFree(context: FlowContext, file: string): Promise<Outcome<HolderAnswer>> {
  const answer = await context.findHolders(file, true);
  switch (answer.state) {
    case 'free':
      return ok(answer);
    case 'held':
      return heldFailure(file, describeHolders(answer));
    case 'unknown':
      return failed('holders-unknown', { file });
    default:
      return assertNever(answer.state);
  }
}

export const heldFailure = (file: string, holders: string): Outcome<never> =>
  holders === '' ? failed('held', { file }) : failed('held/by', { file, programs: holders });
