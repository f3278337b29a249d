/** What the insights say: what was unusual, what comes next, when a resource runs out. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import type { Annotation } from '../annotations.ts';
import { base } from '../base.ts';
import type { Anomaly, AnomalyStatus } from './anomalies.ts';
import { forecastHorizons, type SeriesForecast } from './forecasts.ts';

/** One volume, and when it will be full. */
export interface VolumeCapacity {
  readonly volume: string;
  readonly sizeBytes: number;
  readonly freeBytes: number;
  /**
   * `runs-out`: within a year, with the range. `filling-fast`: within hours, by what the last ones did. `not-in-sight`:
   * it does not grow enough. `too-little-history`: not enough whole days yet.
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

/** An anomaly with what else changed about when it began: it began with it, which is not to say because of it. */
export interface AnomalyEntry extends Anomaly {
  /** Series that became unusual within five minutes, the surest first. */
  readonly together: readonly string[];
  /** What was changed in the ten minutes before and the two after. */
  readonly changes: readonly Annotation[];
}

const time = z.number().int().min(0).max(8.64e15);

export const insightsContract = {
  insights: {
    /** Newest first. */
    anomalies: base
      .input(z.object({ from: time, until: time, limit: z.number().int().min(1).max(500).default(100) }))
      .output(type<readonly AnomalyEntry[]>()),
    anomalyStatus: base.output(type<AnomalyStatus>()),
    /** "This is as it should be": the series may do so again about this hour. False where there is no such anomaly. */
    markExpected: base.input(z.object({ id: z.string().min(1).max(600) })).output(type<boolean>()),
    /** Of one series, from its stored quarter-hours. */
    forecast: base
      .input(z.object({ series: z.string().min(1).max(500), hours: z.literal(forecastHorizons).default(24) }))
      .output(type<SeriesForecast>()),
    /** Every volume that the history knows and that is there now. */
    capacity: base.output(type<readonly VolumeCapacity[]>()),
  },
};
