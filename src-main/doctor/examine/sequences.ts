/** What AUTOINCREMENT knows of each table, beside the highest number that is there. */
import type Database from 'better-sqlite3';
import { quoteName } from '../quote-name.ts';
import { readSchema } from './schema.ts';
import { isAutoIncrement } from './statement-text.ts';

export interface Sequence {
  readonly table: string;
  /** null: nothing is kept for this table. */
  readonly given: number | null;
  /** null: it has no rows, or can't be read. */
  readonly highest: number | null;
}

export function readSequences(database: Database.Database): Sequence[] {
  const tables = readSchema(database).filter(({ type, sql }) => type === 'table' && isAutoIncrement(sql));
  if (tables.length === 0) return [];
  const isThere = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get() !== undefined;
  const given = isThere ? database.prepare('SELECT max(seq) FROM sqlite_sequence WHERE name = ?').pluck() : null;
  return tables.map(({ name }) => ({
    table: name,
    given: (given?.get(name) ?? null) as number | null,
    highest: highestOf(database, name),
  }));
}

function highestOf(database: Database.Database, table: string): number | null {
  try {
    return database
      .prepare(`SELECT max(rowid) FROM ${quoteName(table)}`)
      .pluck()
      .get() as number | null;
  } catch {
    return null;
  }
}
