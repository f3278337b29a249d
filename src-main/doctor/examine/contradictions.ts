/**
 * What the indexes of a table say about its rows, where the two disagree: whether the index alone is wrong, or a row
 * may be.
 */
import type Database from 'better-sqlite3';
import { quoteName } from '../quote-name.ts';
import { type LiveTable, rowidNameOf } from './schema.ts';

/** One whole index against the rows of its table, value by value. */
export interface Differences {
  /** The entries that equal no row, by the key of the row that they name: its rowid, or its primary key as SQL. */
  readonly entries: ReadonlySet<string>;
  /** The rows that equal no entry, by the same. */
  readonly rows: ReadonlySet<string>;
}

export interface Contradictions {
  /**
   * Keys of rows that an index knows with another value, or that no index knows: an old version of a page brings such
   * rows back.
   */
  readonly rows: readonly string[];
  /** Keys that every index names and the table lacks. */
  readonly missing: readonly string[];
}

/**
 * `all`: every whole index of the table, those that agree too. One that knows a row as it is outweighs those that lack
 * it.
 */
export function findContradictions(all: readonly Differences[]): Contradictions {
  const rows = new Set<string>();
  const missing = new Set<string>();
  for (const one of all) {
    for (const key of one.rows) if (one.entries.has(key) || all.every((other) => other.rows.has(key))) rows.add(key);
    for (const key of one.entries)
      if (!one.rows.has(key) && all.every((other) => other.entries.has(key))) missing.add(key);
  }
  return { rows: [...rows], missing: [...missing] };
}

/** An index that disagrees with more rows is no evidence. */
const maxDifferences = 100_000;

/** null: the index can't be compared by value, or is no evidence. */
export function compareIndex(database: Database.Database, table: LiveTable, index: string): Differences | null {
  const columns = comparableColumns(database, table, index);
  if (columns === null) return null;
  const from = quoteName(table.name);
  const entries = `SELECT ${columns} FROM ${from} INDEXED BY ${quoteName(index)}`;
  const rows = `SELECT ${columns} FROM ${from} ${table.ownTree}`;
  const keysOf = (sql: string): Set<string> =>
    new Set(
      database
        .prepare(`SELECT id FROM (${sql}) LIMIT ${maxDifferences + 1}`)
        .pluck()
        .all() as string[],
    );
  try {
    const differences = { entries: keysOf(`${entries} EXCEPT ${rows}`), rows: keysOf(`${rows} EXCEPT ${entries}`) };
    return Math.max(differences.entries.size, differences.rows.size) > maxDifferences ? null : differences;
  } catch {
    // Damage inside it, or SQLite can't read it without its table.
    return null;
  }
}

/**
 * The row's key as `id` and the index's columns; null where an entry is not simply a row's values: expressions, partial
 * indexes.
 */
function comparableColumns(database: Database.Database, table: LiveTable, index: string): string | null {
  const keys = keyExpressions(table);
  const isPartial = database.prepare('SELECT partial FROM pragma_index_list(?) WHERE name = ?').pluck();
  if (keys.length === 0 || isPartial.get(table.name, index) !== 0) return null;
  const parts = database.prepare('SELECT cid, name FROM pragma_index_xinfo(?) WHERE key = 1').all(index) as {
    cid: number;
    name: string | null;
  }[];
  const columns = [`${keys.map((key) => `quote(${key})`).join(` || ',' || `)} AS id`];
  for (const { cid, name } of parts) {
    if (cid === -1) continue;
    if (name === null) return null;
    // SQLite would take 'a' and 'A' for the same under NOCASE.
    columns.push(`${quoteName(name)} COLLATE BINARY`);
  }
  return columns.join(', ');
}

function keyExpressions(table: LiveTable): string[] {
  if (!table.isWithoutRowid) return [rowidNameOf(table)].filter((name) => name !== null);
  return table.columns
    .filter(({ keyPlace }) => keyPlace > 0)
    .sort((one, other) => one.keyPlace - other.keyPlace)
    .map(({ name }) => quoteName(name));
}
