/**
 * A witness: something in the file or beside it, other than a row's own page, that says whether the rows of a table
 * are right. To add one: a file here with an `Evidence`, and a line in `witnesses.ts`.
 */
import type { DoubtReason } from '../../../contract/doctor/doubts.ts';
import type { Tree } from '../read/forest.ts';
import type { Key } from '../schema/row-key.ts';
import type { Session } from '../session.ts';
import type { TableWriter } from '../write/table-writer.ts';
import type { IndexFindings } from './indexes/index-findings.ts';
import type { IndexSums } from './indexes/index-sums.ts';

/** A table whose rows are written; nothing is certain yet. */
export interface JudgedTable {
  readonly session: Session;
  readonly writer: TableWriter;
  /** Its leaves in key order, without those that are in doubt and in no tree. */
  readonly leaves: readonly number[];
  readonly indexTrees: ReadonlyMap<string, Tree>;
  /** Of the indexes whose entries can be computed from records, one each; consumed by the witness that reads them. */
  readonly sums: readonly IndexSums[];
  readonly pause: () => Promise<void>;
}

export type Verdict =
  | { readonly kind: 'row-contradicted'; readonly key: Key; readonly reason: DoubtReason }
  /** Rowids from `low` up to `high`, both included: a whole page. */
  | { readonly kind: 'page-contradicted'; readonly low: number; readonly high: number; readonly reason: DoubtReason }
  /** A row that was there and that no page has. */
  | { readonly kind: 'row-missing'; readonly rowid: number | bigint }
  /** Of rows that were put aside because they claim one key: the one that is right. */
  | { readonly kind: 'row-confirmed'; readonly key: Key }
  /** What a witness of all rows found in sum. */
  | { readonly kind: 'findings'; readonly findings: IndexFindings };

export interface Evidence {
  /** kebab-case, for the reader of a log or a test. */
  readonly id: string;
  /**
   * Each verdict is carried out before the next is asked for, so that later ones see the table as earlier ones left it.
   */
  judge(table: JudgedTable): AsyncIterable<Verdict> | Iterable<Verdict>;
}
