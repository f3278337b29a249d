import type { Database } from 'better-sqlite3';

/** One step of the store's shape. */
export interface Migration {
  /** Counts up by one; kept in `PRAGMA user_version`. */
  readonly version: number;
  readonly sentence: string;
  readonly sql: string;
  /** What SQL alone can't do; in the same transaction, after it. */
  readonly run?: (database: Database) => void;
}
