/** What the insights say: when a resource runs out. */
import { type } from '@orpc/contract';
import { base } from '../base.ts';

/** One volume, and when it will be full. */
export interface VolumeCapacity {
  readonly volume: string;
  readonly sizeBytes: number;
  readonly freeBytes: number;
  /**
   * `runs-out`: within a year, with the range. `filling-fast`: within hours, by what the last ones did. `not-in-sight`: it does not
   * grow enough. `too-little-history`: not enough whole days yet.
   */
  readonly state: 'runs-out' | 'filling-fast' | 'not-in-sight' | 'too-little-history';
  /** Seconds from `at`: as likely earlier as later. */
  readonly medianSeconds: number | null;
  /** Of ten futures one is earlier, and one is later. */
  readonly earliestSeconds: number | null;
  readonly latestSeconds: number | null;
  readonly bytesPerDay: number | null;
  /** Whole days of history behind it, and how many it needs. */
  readonly dayCount: number;
  readonly leastDays: number;
  /** When it was worked out, ms since the epoch. */
  readonly at: number;
}

export const insightsContract = {
  insights: {
    /** Every volume that the history knows and that is there now. */
    capacity: base.output(type<readonly VolumeCapacity[]>()),
  },
};
