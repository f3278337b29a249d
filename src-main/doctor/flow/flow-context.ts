/** What every operation needs; made once for each by the doctor's thread. */
import type { HolderAnswer, JobPhase } from '../../contract/doctor.ts';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import type { Clock } from '../../platform/clock.ts';
import { describeHolders } from '../holders/holders.ts';
import type { StepListener } from './journal.ts';
import type { Places } from './places.ts';

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

export async function requireFree(context: FlowContext, file: string): Promise<Outcome<HolderAnswer>> {
  const answer = await context.findHolders(file, true);
  if (answer.state !== 'held') return ok(answer);
  return failed(
    'held',
    `${file} is open in ${describeHolders(answer)}.`,
    'Close that program or choose to wait until it lets go.',
    { detail: describeHolders(answer) },
  );
}
