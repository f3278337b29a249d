/** Questions about the past and their answers; shapes shared by store, API and charts. */

import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import type { Annotation } from './annotations.ts';
import { base } from './base.ts';
import type { Gap } from './batch.ts';
import type { Labels } from './metric.ts';
import { dayMs } from './shared/durations.ts';
import type { Values } from './text/message.ts';

/** ms since the epoch. */
const time = z.number().int().min(0).max(8.64e15);
/** A series key, or a metric's name for all of its series. */
const selector = z.string().min(1).max(500);

const rangeQuerySchema = z
  .object({
    series: z.array(selector).min(1).max(200),
    from: time,
    until: time,
    /** At most this many columns a series come back; no extreme is lost. */
    columns: z.number().int().min(1).max(10_000).default(600),
  })
  .refine((query) => query.from < query.until, { message: 'from must lie before until', path: ['from'] });
export type RangeQuery = z.infer<typeof rangeQuerySchema>;

const aggregations = ['average', 'min', 'max', 'sum', 'count', 'rate', 'increase', 'quantile', 'last'] as const;
const aggregateQuerySchema = z
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

const valueAtQuerySchema = z.object({
  series: z.array(selector).min(1).max(500),
  at: time,
  /** Older values do not count. */
  withinMs: z
    .number()
    .int()
    .min(1)
    .max(366 * dayMs)
    .default(60_000),
});
export type ValueAtQuery = z.infer<typeof valueAtQuerySchema>;

const exportFormats = ['csv', 'json'] as const;
export const exportQuerySchema = z
  .object({
    /** Empty: all of them. */
    series: z.array(selector).max(1000).default([]),
    from: time,
    until: time,
    format: z.enum(exportFormats).default('csv'),
  })
  .refine((query) => query.from < query.until, { message: 'from must lie before until', path: ['from'] });
export type ExportQuery = z.infer<typeof exportQuerySchema>;

/** The file comes in pieces; put together they are the whole of it. */
export interface ExportPiece {
  readonly text: string;
  /** Samples written so far. */
  readonly samples: number;
  /** 0–1, by time covered. */
  readonly progress: number;
}

/** Raw seconds, or the coarsest roll-up that the answer was read from. */
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

interface ValueAt {
  readonly at: number;
  readonly value: number;
}
/** By series key; null where there was none. */
export type ValuesAt = Readonly<Record<string, ValueAt | null>>;

/** How the store came to be open, best first; shown to the user when it is not `open`. */
const storeRecoveryLevels = ['open', 'restored-from-backup', 'salvaged', 'fresh', 'in-memory'] as const;
export type StoreRecoveryLevel = (typeof storeRecoveryLevels)[number];

export interface StoreStatus {
  readonly recoveryLevel: StoreRecoveryLevel;
  /** What recovery did and where the damaged file lies now; absent when it opened as it was. */
  readonly message?: string;
  readonly values?: Values;
  readonly state: 'storing' | 'failing' | 'closed';
  /** Why storing fails, and what to do; present while `failing`. */
  readonly failure?: string;
  readonly path: string;
  /** File, WAL and indexes, bytes. */
  readonly sizeBytes: number;
  readonly seriesCount: number;
  /** Since this start. */
  readonly samplesStored: number;
  /** ms since the epoch; undefined when nothing is stored. */
  readonly oldestAt?: number;
  /** Ticks in memory that the file does not have yet. */
  readonly waitingTicks: number;
  /** Ticks that were given up because they could not be stored for too long, since this start. */
  readonly lostTicks: number;
  /** When the newest verified backup was made; undefined while there is none. */
  readonly backupAt?: number;
}

export const historyContract = {
  history: {
    range: base.input(rangeQuerySchema).output(type<RangeAnswer>()),
    aggregate: base.input(aggregateQuerySchema).output(type<AggregateAnswer>()),
    /** The last stored sample of each series at or before `at`. */
    valueAt: base.input(valueAtQuerySchema).output(type<ValuesAt>()),
    /** Every series that the history knows, also those that have ended. */
    listSeries: base.output(type<readonly StoredSeries[]>()),
    /** What was changed in the range, in the order of time. */
    annotations: base.input(z.object({ from: time, until: time })).output(type<readonly Annotation[]>()),
    status: base.output(type<StoreStatus>()),
    /** Ends when the client goes away. */
    export: base.input(exportQuerySchema).output(eventIterator(type<ExportPiece>())),
  },
};
