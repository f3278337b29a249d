/** What flows down the data path: everything that was measured since the tick before. */
import type { Series } from './metric.ts';

export interface Sample {
  readonly series: Series;
  /** Finite, or NaN where the source says "not a number"; a series with nothing to say is left out of the batch. */
  readonly value: number;
}

export const gapCauses = ['not-running', 'sleep', 'clock-change', 'overloaded', 'paused', 'source-failed'] as const;
export type GapCause = (typeof gapCauses)[number];

/** A stretch without samples, [from, until) in ms since the epoch, and why. */
export interface Gap {
  readonly from: number;
  readonly until: number;
  readonly cause: GapCause;
  /** The source that failed; absent where the whole monitor was silent. */
  readonly source?: string;
}

export interface Batch {
  /** Wall clock of the tick, ms since the epoch, strictly growing from batch to batch. */
  readonly at: number;
  readonly samples: readonly Sample[];
  /** Gaps that ended with this tick. */
  readonly gaps: readonly Gap[];
}
