/** When a source costs too much it is asked less often, and again more often once it behaves. Pure. */
import type { SourceReason } from '../contract/live.ts';
import { say } from '../contract/text/message.ts';
import { reasonFrom, samplingReasons } from './sampling-reasons.ts';

export interface Intervals {
  /** Ticks of the whole are the fast interval; each is a whole number of seconds, ms. */
  readonly fast: number;
  readonly slow: number;
  readonly lazy: number;
  /** Said of sources that it slows down. */
  readonly why?: SourceReason;
}

export const normalIntervals: Intervals = { fast: 1_000, slow: 10_000, lazy: 60_000 };
/** Nobody looks: what only screens need comes less often, what alerts need stays. */
export const hiddenIntervals: Intervals = {
  fast: 1_000,
  slow: 20_000,
  lazy: 120_000,
  why: reasonFrom(say(samplingReasons['nobody-looks'])),
};
/** On battery every wake-up costs; a notification may come a second later. */
export const batteryIntervals: Intervals = {
  fast: 2_000,
  slow: 30_000,
  lazy: 300_000,
  why: reasonFrom(say(samplingReasons['on-battery'])),
};

export interface Behaviour {
  /** Collections in a row that were over budget, or within it. */
  readonly over: number;
  readonly within: number;
  /** How many times the interval was stretched. */
  readonly steps: number;
}

export const wellBehaved: Behaviour = { over: 0, within: 0, steps: 0 };

/** One slow collection is bad luck (a cold cache, another program's burst); three in a row are a habit. */
const strikes = 3;
const goodRunsToRecover = 20;
const maxSteps = 3;
const stretch = 5;
const slowestMs = 600_000;

/**
 * How long a source may keep the tick busy: a twentieth of its interval, and never long enough to make the tick late.
 */
export const budgetMs = (everyMs: number): number => Math.min(everyMs / 20, 100);

export function judge(behaviour: Behaviour, isOverBudget: boolean): Behaviour {
  const { over, within, steps } = behaviour;
  if (isOverBudget) {
    if (over + 1 < strikes) return { over: over + 1, within: 0, steps };
    return { over: 0, within: 0, steps: Math.min(steps + 1, maxSteps) };
  }
  if (steps > 0 && within + 1 >= goodRunsToRecover) return { over: 0, within: 0, steps: steps - 1 };
  return { over: 0, within: within + 1, steps };
}

export const stretched = (everyMs: number, { steps }: Behaviour): number =>
  steps === 0 ? everyMs : Math.max(everyMs, Math.min(everyMs * stretch ** steps, slowestMs));
