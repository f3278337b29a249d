/** What the indexes of one table say about its rows, together. */
import type { SqlValue } from '../../read/sql-value.ts';

/** Of rows or entries: how many, and the sum of their hashes. */
export interface Total {
  readonly count: number;
  readonly sum: number;
}

/** A whole index that disagrees with the table it belongs to. */
export interface Dispute {
  /** Of the table's record, those that the index repeats. */
  readonly fields: string;
  readonly rows: Total;
  readonly entries: Total;
}

export interface IndexFindings {
  /** Rows that the table must have had: entries of an index that is whole; undefined without one. */
  readonly entries: number | undefined;
  /**
   * A whole index has an entry for every row that is here: the entries that are left over are all the rows that are
   * missing.
   */
  readonly agrees: boolean;
  /** Certain rows on pages that a whole index confirms. */
  readonly confirmed: number;
  /** Of a table without rowids: primary keys that an index names and the table lacked when the two were compared. */
  readonly missingKeys: readonly (readonly SqlValue[])[];
  readonly disputes: readonly Dispute[];
}

export const nothingFound: IndexFindings = {
  entries: undefined,
  agrees: false,
  confirmed: 0,
  missingKeys: [],
  disputes: [],
};
