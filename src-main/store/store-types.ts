/** The store as features see it: who may write and who may only read are different types. */
import type { Batch } from '../contract/batch.ts';
import type {
  AggregateAnswer,
  AggregateQuery,
  ExportPiece,
  ExportQuery,
  RangeAnswer,
  RangeQuery,
  StoredSeries,
  StoreStatus,
  ValuesAt,
} from '../contract/history.ts';

export type { StoreStatus } from '../contract/history.ts';

export interface StoreWriter {
  /** Resolves once the batch is committed to the file; rejects with the reason when it could not be. */
  append(batch: Batch): Promise<void>;
}

/** Long reads are done in steps between which ticks are stored; a signal that fires ends them at the next step. */
export interface StoreReader {
  range(query: RangeQuery, signal?: AbortSignal): Promise<RangeAnswer>;
  aggregate(query: AggregateQuery, signal?: AbortSignal): Promise<AggregateAnswer>;
  /** The last stored sample of each series at or before `at`, not older than `withinMs`. */
  valueAt(series: readonly string[], at: number, withinMs: number, signal?: AbortSignal): Promise<ValuesAt>;
  listSeries(signal?: AbortSignal): Promise<readonly StoredSeries[]>;
  export(query: ExportQuery, signal?: AbortSignal): AsyncIterable<ExportPiece>;
  status(): StoreStatus;
}
