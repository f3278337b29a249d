/** What the indexes of a table say about its rows, where the two disagree: whether the index alone is wrong, or a row may be. */
import type Database from 'better-sqlite3';
import { quoteName } from '../files/database-files.ts';
import { type LiveTable, rowidNameOf } from './schema.ts';

/** One whole index against the rows of its table, value by value. */
export interface Differences {
  /** Rowids of the entries that equal no row. */
  readonly entries: ReadonlySet<bigint>;
  /** Rowids of the rows that equal no entry. */
  readonly rows: ReadonlySet<bigint>;
}

export interface Contradictions {
  /** Rowids of rows that an index knows with another value, or that no index knows: an old version of a page brings such rows back. */
  readonly rows: readonly bigint[];
  /** Rowids that every index names and the table lacks. */
  readonly missing: readonly bigint[];
}

/** `all`: every whole index of the table, those that agree too. One that knows a row as it is outweighs those that lack it. */
export function findContradictions(all: readonly Differences[]): Contradictions {
  const rows = new Set<bigint>();
  const missing = new Set<bigint>();
  for (const one of all) {
    for (const rowid of one.rows)
      if (one.entries.has(rowid) || all.every((other) => other.rows.has(rowid))) rows.add(rowid);
    for (const rowid of one.entries)
      if (!one.rows.has(rowid) && all.every((other) => other.entries.has(rowid))) missing.add(rowid);
  }
  return { rows: [...rows], missing: [...missing] };
}

/** An index that disagrees with more rows is no evidence. */
const mostDifferences = 100_000;

/** null: the index can't be compared by value, or is no evidence. */
export function compareIndex(database: Database.Database, table: LiveTable, index: string): Differences | null {
  const columns = comparableColumns(database, table, index);
  if (columns === null) return null;
  const from = quoteName(table.name);
  const entries = `SELECT ${columns} FROM ${from} INDEXED BY ${quoteName(index)}`;
  const rows = `SELECT ${columns} FROM ${from} NOT INDEXED`;
  const rowidsOf = (sql: string): Set<bigint> => {
    const first = database
      .prepare(`SELECT id FROM (${sql}) LIMIT ${mostDifferences + 1}`)
      .pluck()
      .safeIntegers();
    return new Set(first.all() as bigint[]);
  };
  try {
    const differences = { entries: rowidsOf(`${entries} EXCEPT ${rows}`), rows: rowidsOf(`${rows} EXCEPT ${entries}`) };
    return Math.max(differences.entries.size, differences.rows.size) > mostDifferences ? null : differences;
  } catch {
    // Damage inside it, or SQLite can't read it without its table.
    return null;
  }
}

/** The rowid as `id` and the key; null where an entry is not simply a row's values: expressions, partial indexes, tables without rowids. */
function comparableColumns(database: Database.Database, table: LiveTable, index: string): string | null {
  const rowid = rowidNameOf(table);
  const isPartial = database.prepare('SELECT partial FROM pragma_index_list(?) WHERE name = ?').pluck();
  if (rowid === null || isPartial.get(table.name, index) !== 0) return null;
  const key = database.prepare('SELECT cid, name FROM pragma_index_xinfo(?) WHERE key = 1').all(index) as {
    cid: number;
    name: string | null;
  }[];
  const columns = [`${rowid} AS id`];
  for (const { cid, name } of key) {
    if (cid === -1) continue;
    if (name === null) return null;
    // SQLite would take 'a' and 'A' for the same under NOCASE.
    columns.push(`${quoteName(name)} COLLATE BINARY`);
  }
  return columns.join(', ');
}
