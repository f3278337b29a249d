/**
 * Stopping to sample for a while: nothing is measured, nothing alerts, and the silence becomes a gap with the cause
 * "paused".
 */
import type { Clock } from '../platform/clock.ts';
import type { Scheduler } from './scheduler.ts';

export interface Pause extends Disposable {
  /** ms since the epoch; null while sampling goes on. */
  readonly until: number | null;
  /** @returns when sampling goes on by itself, ms since the epoch */
  pause(ms: number): number;
  resume(): void;
}

/** @param onChange called after sampling stopped or went on, with the time until which it stands still */
export function createPause(
  clock: Clock,
  scheduler: Pick<Scheduler, 'pause' | 'resume'>,
  onChange: (until: number | null) => void,
): Pause {
  let until: number | null = null;
  let timer: Disposable | undefined;
  const resume = (): void => {
    timer?.[Symbol.dispose]();
    until = null;
    scheduler.resume();
    onChange(null);
  };
  return {
    get until() {
      return until;
    },
    pause(ms) {
      timer?.[Symbol.dispose]();
      until = clock.now() + ms;
      scheduler.pause();
      onChange(until);
      timer = clock.after(ms, resume);
      return until;
    },
    resume,
    [Symbol.dispose]: () => timer?.[Symbol.dispose](),
  };
}
