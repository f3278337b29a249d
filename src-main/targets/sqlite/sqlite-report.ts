/** What the probe thread is asked about a database, and what it found. */
import type { HeaderOnly } from './choose-access.ts';

export interface SqliteQuestion {
  readonly path: string;
  /** Tables to count, those that exist. */
  readonly tables: readonly string[];
  /** The schema that should be there; its columns by table. */
  readonly expected: readonly { readonly table: string; readonly columns: readonly string[] }[];
  readonly query?: string;
  /** SQL of the user or of the database's own views may run: asked in a process that can be killed. */
  readonly mayRunForeignSql: boolean;
  /** Check the whole file if that can be done in this time, s. */
  readonly quickCheckWithin?: number;
}

export interface SqliteFacts {
  /** Changes when the file is replaced, as by a repair. */
  readonly inode: number;
  readonly fileBytes: number;
  readonly walBytes: number;
  readonly pageSize: number;
  /** As SQLite counts them, with those in the log; by the file alone where SQLite can't be asked. */
  readonly pages: number;
  readonly freePages: number;
  readonly journalMode: 'wal' | 'rollback';
}

export interface QuickCheck {
  readonly verdict: 'ok' | 'damaged' | 'unknown';
  /** The first thing found, or why it is unknown. */
  readonly message?: string;
}

export interface SqliteLook {
  /** Time of the probe query alone, s; undefined where nothing could be asked. */
  readonly probeSeconds?: number;
  /** Time until no other program's lock stood in the way, s; undefined where none was asked for. */
  readonly lockWaitSeconds?: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly missingTables: readonly string[];
  /** `table.column` */
  readonly missingColumns: readonly string[];
  /** Changes when the schema does. */
  readonly fingerprint?: string;
  readonly tableCount?: number;
  readonly pages: number;
  readonly freePages: number;
  readonly quickCheck?: QuickCheck;
  /** Tables to count that are views or have a module behind them; counting them runs what somebody wrote. */
  readonly isForeignSqlWanted?: true;
}

export type SqliteReport =
  | { readonly state: 'seen'; readonly facts: SqliteFacts; readonly look: SqliteLook }
  /** Only the header could be read, for a good reason. */
  | { readonly state: 'header-only'; readonly facts: SqliteFacts; readonly reason: HeaderOnly }
  | {
      readonly state: 'trouble';
      readonly kind: SqliteTrouble;
      readonly message: string;
      readonly facts?: SqliteFacts;
      /** SQLite's own name of the error, e.g. SQLITE_CORRUPT. */
      readonly code?: string;
      /** SQLite's or the system's own words. */
      readonly detail?: string;
      /** Given up after this, s. */
      readonly lockWaitSeconds?: number;
    };

export type SqliteTrouble =
  | 'missing'
  | 'not-a-file'
  | 'unreadable'
  | 'empty'
  | 'not-sqlite'
  | 'encrypted'
  | 'locked'
  | 'damaged'
  | 'query-failed';
