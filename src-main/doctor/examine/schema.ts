/** The schema as the file has it, and its fingerprint. */
import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { TableState } from '../../contract/doctor/examination.ts';
import { quoteName } from '../quote-name.ts';
import type { SchemaStatement } from '../salvage/salvage-types.ts';

export interface LiveColumn {
  readonly name: string;
  readonly isGenerated: boolean;
  /** Place in the primary key from 1 on; 0: not part of it. */
  readonly keyPlace: number;
}

export interface LiveTable {
  readonly name: string;
  readonly isVirtual: boolean;
  /** A table that a virtual table keeps for itself. */
  readonly isShadow: boolean;
  readonly isWithoutRowid: boolean;
  /**
   * For FROM: keeps a query in the table's own tree. Without rowids that tree is an index to SQLite, and NOT INDEXED
   * may leave it for another.
   */
  readonly ownTree: string;
  readonly columns: readonly LiveColumn[];
}

/**
 * Schema entries in the order of their making; automatic indexes have no text and are left out. Throws when it can't be
 * read.
 */
export function readSchema(database: Database.Database): SchemaStatement[] {
  return database
    .prepare(
      `SELECT type, name, tbl_name AS "table", sql, rootpage AS rootPage FROM sqlite_schema
       WHERE sql IS NOT NULL AND type IN ('table', 'index', 'view', 'trigger') ORDER BY rowid`,
    )
    .all() as SchemaStatement[];
}

/** Tables of the database itself, without SQLite's own. */
export function readTables(database: Database.Database): LiveTable[] {
  const list = database
    .prepare(`SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND type <> 'view'`)
    .all() as { name: string; type: string; wr: number }[];
  return list
    .filter(({ name }) => !name.startsWith('sqlite_'))
    .map(({ name, type, wr }) => ({
      name,
      isVirtual: type === 'virtual',
      isShadow: type === 'shadow',
      isWithoutRowid: wr === 1,
      ownTree: wr === 1 ? `INDEXED BY ${quoteName(keyIndexOf(database, name))}` : 'NOT INDEXED',
      columns: readColumns(database, name),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

const keyIndexOf = (database: Database.Database, table: string): string =>
  database.prepare("SELECT name FROM pragma_index_list(?) WHERE origin = 'pk'").pluck().get(table) as string;

export function readColumns(database: Database.Database, table: string): LiveColumn[] {
  try {
    const rows = database.prepare('SELECT name, hidden, pk FROM pragma_table_xinfo(?)').all(table) as {
      name: string;
      hidden: number;
      pk: number;
    }[];
    // hidden: 1 a virtual table's own, 2 and 3 generated.
    return rows
      .filter(({ hidden }) => hidden !== 1)
      .map(({ name, hidden, pk }) => ({ name, isGenerated: hidden > 1, keyPlace: pk }));
  } catch {
    // A virtual table whose module this SQLite lacks.
    return [];
  }
}

/** A name for the rowid that no column has taken; null for a table without one. */
export const rowidNameOf = (table: LiveTable): string | null =>
  table.isWithoutRowid || table.isVirtual
    ? null
    : (['rowid', '_rowid_', 'oid'].find((alias) => !table.columns.some(({ name }) => name.toLowerCase() === alias)) ??
      null);

/**
 * Rows met by walking the table itself: an index may count right over a destroyed table. null where it can't be walked.
 */
function countRows(database: Database.Database, table: LiveTable): number | null {
  if (table.isVirtual) return null;
  try {
    return database
      .prepare(`SELECT count(*) FROM ${quoteName(table.name)} NOT INDEXED`)
      .pluck()
      .get() as number;
  } catch {
    return null;
  }
}

/** @param counted where rows can be counted, if that is another one */
export const tableStates = (database: Database.Database, counted = database): TableState[] =>
  readTables(database)
    .filter(({ isShadow }) => !isShadow)
    .map((table) => ({
      name: table.name,
      rows: countRows(counted, table),
      columns: table.columns.map(({ name }) => name),
      ...(table.isVirtual && { isVirtual: true as const }),
    }));

/** Same schema, same text: independent of order, root pages and row data. */
export function fingerprint(statements: readonly SchemaStatement[]): string {
  const lines = statements
    .filter(({ name }) => !name.startsWith('sqlite_'))
    .map(({ type, name, sql }) => JSON.stringify([type, name, sql.replace(/\s+/g, ' ').trim()]))
    .sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}
