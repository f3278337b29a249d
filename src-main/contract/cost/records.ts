/** What the ledger asks of the store. */
import type { CostCell, ExportedCell } from './cells.ts';

/** Written together or not at all. */
export interface CostWrite {
  /** What came since the last write: added to what is there. */
  readonly cells: readonly CostCell[];
  /** Hashes of ids that were counted with them. */
  readonly ids: readonly number[];
  /** What a restart needs, by key; null: nothing any more. */
  readonly states: readonly (readonly [key: string, value: unknown])[];
  /** ms since the epoch. */
  readonly at: number;
}

export interface CostState {
  /** Oldest first. */
  readonly ids: readonly number[];
  readonly states: readonly (readonly [key: string, value: unknown])[];
}

export interface CostQuery {
  /** Growing times, ms since the epoch: sums are made from each to the next. */
  readonly edges: readonly number[];
}

/** Sums between two edges. */
export interface CostSpan {
  readonly from: number;
  readonly cells: readonly CostCell[];
}

export interface CostAnswer {
  readonly spans: readonly CostSpan[];
  /** Start of the first quarter of an hour that has anything; null in an empty ledger. */
  readonly firstAt: number | null;
}

export interface CostRecords {
  write(write: CostWrite): Promise<void>;
  load(): Promise<CostState>;
  read(query: CostQuery): Promise<CostAnswer>;
  /** Cells of this ledger and of those that were imported. */
  export(range: { readonly from: number; readonly until: number }): Promise<readonly ExportedCell[]>;
  /** Of a cell that is there already the one that knows more calls stays, so importing twice adds nothing. */
  import(cells: readonly ExportedCell[]): Promise<void>;
}
