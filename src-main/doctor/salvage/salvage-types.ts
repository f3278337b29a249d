/**
 * What salvage takes and what it answers. Rows it could read are sorted by how far they can be trusted, never mixed.
 */

import type { DoubtReason } from '../../contract/doctor/doubts.ts';
import type { RepairNote, SchemaOrigin } from '../../contract/doctor/report.ts';

/** One object of a schema as CREATE text, in the order it was created. */
export interface SchemaStatement {
  readonly type: 'table' | 'index' | 'view' | 'trigger';
  readonly name: string;
  /** The table that an index or trigger belongs to; for tables and views their own name. */
  readonly table: string;
  readonly sql: string;
  /** First page of its b-tree where the schema was read; a hint only. */
  readonly rootPage?: number;
}

export interface SchemaSources {
  /** What the profile of this kind of database expects. */
  readonly profile?: readonly SchemaStatement[];
  /** The schema that the monitor saw when the file was still whole. */
  readonly learned?: readonly SchemaStatement[];
  /** Path of a verified backup: its schema, its row counts and its rows serve as evidence. Opened read-only. */
  readonly backup?: string;
}

export type SalvagePhase = 'read pages' | 'follow trees' | 'write rows' | 'build indexes';

export interface SalvageProgress {
  readonly phase: SalvagePhase;
  /** Pages, or indexes to build, done so far and in all. */
  readonly done: number;
  readonly total: number;
}

export interface SalvageOptions {
  /** The damaged file. Its `-wal` and `-journal` beside it are read too; none of the three is ever written. */
  readonly path: string;
  /** Where the new database goes; must not exist. On failure or cancellation it is removed. */
  readonly into: string;
  readonly sources?: SchemaSources;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SalvageProgress) => void;
  /**
   * Rows marked doubtful are also put into their own tables' places where no certain row has the key. Off unless the
   * user says so.
   */
  readonly includeDoubtful?: boolean;
}

/** Rows that were there and are neither among the certain nor the doubtful. */
export interface MissingRows {
  /** What index entries without a row, cells that can't be read and pages that are gone prove. */
  readonly atLeast: number;
  /** What the pages that are gone and the gaps between rowids have room for; null where that can't be told. */
  readonly atMost: number | null;
  /** Index entries whose row is nowhere; null without an index that could be read. */
  readonly fromIndexes: number | null;
  /**
   * Rows of the backup that belong where pages are gone: lost, or deleted since it was made. Null without a backup of
   * that table.
   */
  readonly fromBackup: number | null;
}

export interface TableLoss {
  readonly table: string;
  readonly schemaFrom: SchemaOrigin;
  /** Rows that are in the table itself. */
  readonly certain: number;
  /**
   * Of the certain rows, those that an intact index or the backup confirms at least in part. In the others a changed
   * bit inside a value would go unnoticed: nothing in the file says otherwise.
   */
  readonly confirmed: number;
  /** Rows in `doubtfulTable`, by reason. */
  readonly doubtful: number;
  readonly reasons: Readonly<Partial<Record<DoubtReason, number>>>;
  /** Rows on free pages, in `deletedTable`: deleted before the damage as far as one can tell. */
  readonly deleted: number;
  readonly doubtfulTable: string | null;
  readonly deletedTable: string | null;
  readonly missing: MissingRows;
  /** Rows put aside because NOT NULL, CHECK or UNIQUE refused them; part of `doubtful`. */
  readonly constraintFailures: number;
}

export type SalvageNote = RepairNote;

export interface SalvageReport {
  readonly into: string;
  readonly pageSize: number;
  readonly pageCount: number;
  readonly encoding: 'UTF-8' | 'UTF-16le' | 'UTF-16be';
  readonly bytesRead: number;
  readonly tables: readonly TableLoss[];
  /** Rows that fit no table, kept in `hakgal_lost_and_found`. */
  readonly lostAndFound: number;
  /** What else the user should know, headers and logs included. */
  readonly notes: readonly SalvageNote[];
}

/** Names of the tables that salvage adds. */
export const doubtfulTableOf = (table: string): string => `hakgal_doubtful_${table}`;
export const deletedTableOf = (table: string): string => `hakgal_deleted_${table}`;
export const lostAndFoundTable = 'hakgal_lost_and_found';
