/** Questions about the past and their answers; shapes shared by store, API and charts. */
import { z } from 'zod';
import type { Gap } from './batch.ts';
import type { Labels } from './metric.ts';

/** ms since the epoch. */
const time = z.number().int().min(0).max(8.64e15);
/** A series key, or a metric's name for all of its series. */
const selector = z.string().min(1).max(500);

export const rangeQuerySchema = z
  .object({
    series: z.array(selector).min(1).max(200),
    from: time,
    until: time,
    /** At most this many columns a series come back; no extreme is lost. */
    columns: z.number().int().min(1).max(10_000).default(600),
  })
  .refine((query) => query.from < query.until, { message: 'from must lie before until', path: ['from'] });
export type RangeQuery = z.infer<typeof rangeQuerySchema>;

export const aggregations = ['average', 'min', 'max', 'sum', 'count', 'rate', 'increase', 'quantile', 'last'] as const;
export const aggregateQuerySchema = z
  .object({
    series: z.array(selector).min(1).max(200),
    from: time,
    until: time,
    aggregation: z.enum(aggregations),
    /** 0–1, for `quantile`. */
    quantile: z.number().min(0).max(1).default(0.95),
  })
  .refine((query) => query.from < query.until, { message: 'from must lie before until', path: ['from'] });
export type AggregateQuery = z.infer<typeof aggregateQuerySchema>;

/** Raw seconds, or the roll-up that the answer was read from. */
export type Resolution = 'raw' | '1m' | '15m';

/** Columns of one series, parallel arrays; columns without samples are left out. */
export interface SeriesColumns {
  readonly key: string;
  readonly metric: string;
  readonly labels: Labels;
  /** Start of each column, ms since the epoch. */
  readonly at: Float64Array | readonly number[];
  readonly min: Float64Array | readonly number[];
  readonly max: Float64Array | readonly number[];
  readonly first: Float64Array | readonly number[];
  readonly last: Float64Array | readonly number[];
  readonly average: Float64Array | readonly number[];
  /** Samples behind each column. */
  readonly count: Float64Array | readonly number[];
}

export interface RangeAnswer {
  readonly from: number;
  readonly until: number;
  /** Width of a column, ms. */
  readonly stepMs: number;
  readonly resolution: Resolution;
  readonly series: readonly SeriesColumns[];
  readonly gaps: readonly Gap[];
}

export interface AggregateAnswer {
  /** By series key; null where there was nothing to aggregate. */
  readonly values: Readonly<Record<string, number | null>>;
}

export interface StoredSeries {
  readonly key: string;
  readonly metric: string;
  readonly labels: Labels;
  readonly firstAt: number;
  readonly lastAt: number;
}
