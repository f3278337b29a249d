/** What a repair or restore did, table by table, and what it could not keep. */

import type { Failure } from '../outcome.ts';
import type { Values } from '../text/message.ts';
import type { NoteKind } from '../words/notes.ts';
import type { DoubtReason } from './doubts.ts';
import type { Examination } from './examination.ts';

/**
 * Where a table's columns and constraints were learned. `inferred` means nobody told: columns are c1, c2, … and the
 * name is made up.
 */
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
