/** The database doctor as the app and scripts see it: findings, plan, jobs with progress, loss report, undo, backups. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import { examineSchema, file, id, repairSchema, restoreSchema, undoSchema } from './doctor-requests.ts';
import type { DoubtReason } from './doubts.ts';
import type { Failure } from './outcome.ts';
import type { Values } from './text/message.ts';
import type { FindingKind } from './words/findings.ts';
import type { NoteKind } from './words/notes.ts';

// ── Examining ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** `unknown`: some check could not finish, so nobody may call it healthy. `encrypted` and `not-a-database` end the matter. */
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

// ── Planning and repairing ──────────────────────────────────────────────────────────────────────────────────────────

/** How much a repair may cost: `safe` only adds or rebuilds from what is there, `moves-rows` puts rows aside, `may-lose` can't bring all back. */
export type RepairRisk = 'safe' | 'moves-rows' | 'may-lose';

export interface PlannedRepair {
  readonly id: string;
  readonly title: string;
  /** What it will do here, one English sentence. */
  readonly what: string;
  readonly code: string;
  readonly values?: Values;
  readonly risk: RepairRisk;
  /** Kinds of the findings that it answers. */
  readonly answers: readonly string[];
  /** In the plan unless the user takes it out, or only when the user puts it in. */
  readonly isChosen: boolean;
}

export interface TableExpectation {
  readonly table: string;
  /** null: can't be counted as it is. */
  readonly rowsNow: number | null;
  /** Rows afterwards; where they have to be salvaged, those on pages that can be read, which is an estimate. null: not known before. */
  readonly rowsAfter: number | null;
  readonly isEstimate: boolean;
}

export interface RepairPlan {
  readonly examination: Examination;
  /** In the order in which they run. */
  readonly repairs: readonly PlannedRepair[];
  /** Critical findings that no repair answers. */
  readonly unanswered: readonly Finding[];
  /** What is to be expected of the chosen repairs, before anything is written. */
  readonly expectation: readonly TableExpectation[];
  readonly needsBytes: number;
  readonly freeBytes: number | null;
  readonly newestBackup: Backup | null;
}

/** Where a table's columns and constraints were learned. `inferred` means nobody told: columns are c1, c2, … and the name is made up. */
export type SchemaOrigin = 'sqlite_schema' | 'backup' | 'profile' | 'learned' | 'inferred';

export interface RowLoss {
  readonly table: string;
  readonly schemaFrom: SchemaOrigin;
  readonly certain: number;
  /** Of the certain ones, those that an index or backup confirms. */
  readonly confirmed: number;
  /** Put aside in `doubtfulTable`, by reason. */
  readonly doubtful: number;
  readonly reasons: Readonly<Partial<Record<DoubtReason, number>>>;
  readonly doubtfulTable: string | null;
  /** Found on free pages: deleted before the damage. */
  readonly deleted: number;
  readonly deletedTable: string | null;
  readonly missingAtLeast: number;
  readonly missingAtMost: number | null;
  readonly constraintFailures: number;
}

export interface RepairDone {
  readonly id: string;
  readonly title: string;
  /** What it did, one English sentence. */
  readonly did: string;
  readonly code: string;
  readonly values?: Values;
}

/** What else the user should know of a repair. */
export interface RepairNote {
  readonly kind: NoteKind;
  /** One English sentence. */
  readonly message: string;
  readonly values?: Values;
  /** Of a repair that did not succeed. */
  readonly failure?: Failure;
}

export interface TableChange {
  readonly table: string;
  /** null: it was not there, or could not be read. */
  readonly before: number | null;
  readonly after: number | null;
}

/** How an application writes to it: into a log beside it, or into the file itself with a journal. */
export type JournalMode = 'wal' | 'rollback';

export interface RepairReport {
  readonly file: string;
  readonly before: Examination;
  readonly after: Examination;
  readonly done: readonly RepairDone[];
  readonly tables: readonly TableChange[];
  /** null: no file was there, or its header could not be read. */
  readonly journalMode: { readonly before: JournalMode | null; readonly after: JournalMode | null };
  /** Empty unless rows had to be salvaged. */
  readonly loss: readonly RowLoss[];
  readonly lostAndFound: number;
  readonly notes: readonly RepairNote[];
  readonly ms: number;
  /** Empty where no file was. */
  readonly sha256Before: string;
  readonly sha256After: string;
  /** Not yet swapped in: a dry run, or it waits for an answer. */
  readonly isApplied: boolean;
  /** Hand it to `undo`; null until applied, and where no file was. */
  readonly undoId: string | null;
}

/** The originals of one repair, restore or undo, kept so that it can be taken back. */
export interface UndoEntry {
  readonly id: string;
  readonly file: string;
  readonly kind: 'repair' | 'restore' | 'undo';
  readonly at: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** The file is no longer what the operation left: taking it back loses what was written since (kept as an undo entry of its own). */
  readonly isChangedSince: boolean;
  readonly report: RepairReport | null;
}

export interface UndoReport {
  readonly file: string;
  readonly sha256: string;
  readonly isIdentical: boolean;
  /** Takes this undo back; null where no file was. */
  readonly undoId: string | null;
}

export interface Backup {
  readonly id: string;
  readonly file: string;
  readonly path: string;
  readonly at: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Passed integrity_check after it was made; others are never kept. */
  readonly isVerified: true;
  readonly rows: Readonly<Record<string, number>>;
}

// ── Jobs: long work that goes on when nobody looks ──────────────────────────────────────────────────────────────────

export type JobPhase =
  | 'wait'
  | 'examine'
  | 'copy'
  | 'repair'
  | 'salvage'
  | 'verify'
  | 'confirm'
  | 'swap'
  | 'backup'
  | 'done';

export interface JobProgress {
  readonly phase: JobPhase;
  /** Id of the check or repair at work. */
  readonly step?: string;
  /** Of the whole job, 0–100, never falling. */
  readonly percent: number;
  /** ms; null while there is too little to tell from. */
  readonly leftMs: number | null;
}

export type JobResult =
  | { readonly kind: 'examine'; readonly examination: Examination }
  | { readonly kind: 'plan'; readonly plan: RepairPlan }
  | { readonly kind: 'repair'; readonly report: RepairReport }
  | { readonly kind: 'undo'; readonly report: UndoReport }
  | { readonly kind: 'backup'; readonly backup: Backup }
  | { readonly kind: 'restore'; readonly report: RepairReport };

/** What a job waits for. Answer with `jobs.answer`. */
export type JobQuestion =
  /** Others have the file open; it goes on by itself once they let go, or stops when told. */
  | { readonly kind: 'held'; readonly holders: readonly Holder[] }
  /** Everything is ready and verified; this is what it would cost. */
  | { readonly kind: 'confirm'; readonly report: RepairReport };

export interface Job {
  readonly id: string;
  readonly kind: JobResult['kind'];
  readonly file: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';
  readonly progress: JobProgress;
  readonly question: JobQuestion | null;
  readonly result: JobResult | null;
  readonly failure: Failure | null;
}

const onFile = z.object({ file });

/** Everything that takes long answers at once with its Job; `jobs.watch` streams it to its end, as often as one asks. */
export const doctorContract = {
  doctor: {
    examine: base.input(examineSchema).output(type<Job>()),
    /** Examines, then says what would be done. Result kind `plan`. */
    plan: base.input(examineSchema).output(type<Job>()),
    repair: base.input(repairSchema).output(type<Job>()),
    undo: base.input(undoSchema).output(type<Job>()),
    /** What can be taken back, newest first. */
    undoList: base.input(z.object({ file: file.optional() })).output(type<readonly UndoEntry[]>()),
    /** Who has the file open now. */
    holders: base.input(onFile).output(type<HolderAnswer>()),
    /** Takes the schema as it is now for the healthy one; the file must pass its checks. */
    acceptSchema: base.input(onFile).output(type<Job>()),
    jobs: {
      list: base.output(type<readonly Job[]>()),
      /** The job as it is, then each change (at most five a second), then its end. */
      watch: base.input(z.object({ id })).output(eventIterator(type<Job>())),
      /** Stops at any moment and leaves the database as it was. */
      cancel: base.input(z.object({ id })).output(type<Job>()),
      answer: base.input(z.object({ id, goOn: z.boolean() })).output(type<Job>()),
    },
    backups: {
      list: base.input(onFile).output(type<readonly Backup[]>()),
      make: base.input(onFile).output(type<Job>()),
      restore: base.input(restoreSchema).output(type<Job>()),
    },
  },
};
