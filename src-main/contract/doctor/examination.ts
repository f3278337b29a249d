/** What the doctor sees in a database: findings, the state of each check and table, and who has the file open. */
import type { Values } from '../text/message.ts';
import type { FindingKind } from '../words/findings.ts';

/**
 * `unknown`: some check could not finish, so nobody may call it healthy. `encrypted` and `not-a-database` end the
 * matter.
 */
export type Verdict = 'healthy' | 'damaged' | 'unknown' | 'encrypted' | 'not-a-database';

/** Where in the file; what does not apply is left out. */
export interface Place {
  readonly table?: string;
  readonly column?: string;
  readonly index?: string;
  readonly page?: number;
  readonly rowid?: number;
}

export interface Finding {
  readonly kind: FindingKind;
  /** Id of the check that found it. */
  readonly check: string;
  /** Critical findings make a database damaged; the others are advice. */
  readonly severity: 'info' | 'warning' | 'critical';
  readonly place: Place;
  /** One English sentence in plain words. */
  readonly message: string;
  /** Follows from the finding before it that is none: one accident, told once. */
  readonly isConsequence?: true;
  /** How many times; only the first few are findings of their own. */
  readonly count?: number;
  readonly values?: Values;
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  /** `skipped`: an earlier finding made it pointless (no SQL can run on a file without its first page). */
  readonly state: 'passed' | 'found' | 'unknown' | 'skipped';
  /** Why it could not finish or was skipped. */
  readonly reason?: string;
  readonly ms: number;
}

export interface TableState {
  readonly name: string;
  /** Rows that a full read of the table itself met; null where it can't be read. Never a sign of health. */
  readonly rows: number | null;
  readonly columns: readonly string[];
  /** Its module keeps the rows, in tables of its own; they are not counted. */
  readonly isVirtual?: true;
}

export interface Holder {
  readonly pid: number;
  readonly name: string;
  /** Which of the database's files it has open. */
  readonly files: readonly string[];
  /** It holds a write lock now. */
  readonly isWriting: boolean;
}

export interface HolderAnswer {
  /** `unknown`: this system does not tell; the swap then relies on the file system refusing. */
  readonly state: 'free' | 'held' | 'unknown';
  readonly holders: readonly Holder[];
}

export interface Examination {
  readonly file: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly verdict: Verdict;
  readonly profile: string | null;
  /** Database, log and journal together. */
  readonly sizeBytes: number;
  readonly findings: readonly Finding[];
  readonly checks: readonly CheckResult[];
  readonly tables: readonly TableState[];
  /** Sum over names and definitions; null where no schema can be read. */
  readonly schemaFingerprint: string | null;
  readonly holders: HolderAnswer;
}
