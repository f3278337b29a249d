/** What a story of damage is, and ways to hurt a database that several of them share. */
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { hakgalProfile } from '../../../src-main/contract/profile.ts';
import type { Expected } from '../../../src-main/doctor/examine/expected.ts';
import { overwrite, rootPageOf } from '../support/make-database.ts';

export interface DamageStory {
  readonly name: string;
  readonly hurt: (path: string) => void;
  readonly expected?: Expected;
  /** Kinds that must be found; others may be. */
  readonly finds: readonly string[];
  readonly verdict: string;
  /** Repairs that the user puts in, beside what the plan chooses. */
  readonly alsoChosen?: readonly string[];
  /** Repairs that must have run; null: there is none, and the failure's kind. */
  readonly runs: readonly string[] | { readonly fails: string };
  /** What the report has to say beside what was done. */
  readonly notes?: RegExp;
  /** What SQLite's own check goes on to say, because it is the application's to decide. */
  readonly leaves?: string;
  /** Rows of `facts` afterwards; at least, where salvage may lose some. */
  readonly facts?: number;
  readonly factsAtLeast?: number;
}

export const hakgal: Expected = { profile: hakgalProfile, baseline: null };
export const pageSize = 4096;

export function sql(path: string, text: string): void {
  const database = new Database(path);
  database.pragma('foreign_keys = OFF');
  database.exec(text);
  database.close();
}

export function unsafeSql(path: string, texts: readonly string[]): void {
  for (const text of texts) {
    const database = new Database(path);
    database.unsafeMode(true);
    database.pragma('writable_schema = ON');
    database.exec(text);
    database.close();
  }
}

/** Takes the index out of the schema, changes the table behind its back, and puts it in again. */
export function divert(path: string, index: string, change: string): void {
  const root = rootPageOf(path, index);
  const database = new Database(path, { readonly: true });
  const row = database.prepare('SELECT tbl_name, sql FROM sqlite_schema WHERE name = ?').get(index) as {
    tbl_name: string;
    sql: string;
  };
  database.close();
  unsafeSql(path, [
    `DELETE FROM sqlite_schema WHERE name = '${index}'`,
    change,
    `INSERT INTO sqlite_schema VALUES ('index', '${index}', '${row.tbl_name}', ${root}, '${row.sql.replaceAll("'", "''")}')`,
  ]);
}

export const page = (path: string, number: number, bytes: Uint8Array): void =>
  overwrite(path, (number - 1) * pageSize, bytes);

/**
 * Changes the database, then puts the pages of one table back as they were, as writes do that never reached the disk.
 */
export function changeButKeepPages(path: string, table: string, change: string): void {
  const before = readFileSync(path);
  const database = new Database(path);
  const pages = database.prepare('SELECT pageno FROM dbstat WHERE name = ?').pluck().all(table) as number[];
  database.exec(change);
  database.close();
  for (const number of pages) page(path, number, before.subarray((number - 1) * pageSize, number * pageSize));
}

/** Some leaf in the middle of the table. */
export function leafOf(path: string, name: string): number {
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 3`)
      .pluck()
      .get(name) as number;
  } finally {
    database.close();
  }
}
