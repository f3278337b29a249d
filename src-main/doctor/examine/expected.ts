/** What a database should hold: its profile's tables, and what the monitor saw when it was last whole. */
import { createTableSql, type DatabaseProfile } from '../../contract/profile.ts';
import type { SchemaStatement } from '../salvage/salvage-types.ts';

interface LearnedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Learned from a database that passed every check. */
export interface Baseline {
  readonly file: string;
  readonly at: number;
  readonly fingerprint: string;
  readonly statements: readonly SchemaStatement[];
  readonly tables: readonly LearnedTable[];
}

export interface Expected {
  readonly profile: DatabaseProfile | null;
  readonly baseline: Baseline | null;
}

export const nothingExpected: Expected = { profile: null, baseline: null };

export const profileStatements = (profile: DatabaseProfile): SchemaStatement[] =>
  profile.tables.map((table) => ({ type: 'table', name: table.name, table: table.name, sql: createTableSql(table) }));
