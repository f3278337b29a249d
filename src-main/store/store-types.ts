/** The store as features see it: who may write and who may only read are different types. */
import type { Batch } from '../contract/batch.ts';
import type { AggregateAnswer, AggregateQuery, RangeAnswer, RangeQuery, StoredSeries } from '../contract/history.ts';

/** How the store came to be open, best first; shown to the user when it is not `open`. */
export const storeRungs = ['open', 'restored-from-backup', 'salvaged', 'fresh', 'in-memory'] as const;
export type StoreRung = (typeof storeRungs)[number];

export interface StoreStatus {
  readonly rung: StoreRung;
  /** What the ladder did and where the damaged file lies now; absent on the first rung. */
  readonly message?: string;
  readonly state: 'storing' | 'failing' | 'closed';
  /** Why storing fails, and what to do; present while `failing`. */
  readonly failure?: string;
  readonly path: string;
  /** File, WAL and indexes, bytes. */
  readonly sizeBytes: number;
  readonly seriesCount: number;
  readonly samplesStored: number;
  /** ms since the epoch; undefined when nothing is stored. */
  readonly oldestAt?: number;
}

export interface StoreWriter {
  /** Resolves once the batch is committed to the file; rejects with the reason when it could not be. */
  append(batch: Batch): Promise<void>;
}

export interface StoreReader {
  range(query: RangeQuery, signal?: AbortSignal): Promise<RangeAnswer>;
  aggregate(query: AggregateQuery, signal?: AbortSignal): Promise<AggregateAnswer>;
  /** The last stored sample of each series at or before `at`, not older than `withinMs`. */
  valueAt(
    series: readonly string[],
    at: number,
    withinMs: number,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, { readonly at: number; readonly value: number } | null>>>;
  listSeries(signal?: AbortSignal): Promise<readonly StoredSeries[]>;
  status(): StoreStatus;
}
