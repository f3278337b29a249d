/** Databases with a write-ahead log beside them, made by SQLite itself. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { contextIn, look } from './flow-for-test.ts';

export const pageSize = 4096;
export const frameBytes = 24 + pageSize;

export function fill(database: Database.Database, first: number, last: number, name = 'name'): void {
  const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?)');
  database.transaction(() => {
    for (let row = first; row <= last; row += 1)
      insert.run(row, `${name}-${row}-${'x'.repeat((row * 7919) % 55)}`, (row * 31) % 1000);
  })();
}

/** A database in WAL mode with what `before` made in the file and what `after` made in the log only. */
export function makeWithLog(
  path: string,
  before: (database: Database.Database) => void,
  after: (database: Database.Database) => void,
): void {
  const aside = `${path}.writer`;
  const database = new Database(aside);
  database.pragma(`page_size = ${pageSize}`);
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 0');
  database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER); CREATE INDEX tn ON t (n)');
  before(database);
  database.pragma('wal_checkpoint(TRUNCATE)');
  after(database);
  copyFileSync(aside, path);
  copyFileSync(`${aside}-wal`, `${path}-wal`);
  database.close();
  rmSync(aside);
}

export function flip(path: string, at: number, mask = 0x55): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] as number) ^ mask;
  writeFileSync(path, bytes);
}

export const kindsOf = async (folder: string, file: string): Promise<string[]> =>
  (await look(contextIn(folder), file)).findings.map(({ kind }) => kind);
