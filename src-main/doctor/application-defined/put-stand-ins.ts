/** Puts stand-ins where the schema needs names that this SQLite lacks, and the own texts back again. */
import type Database from 'better-sqlite3';
import type { ApplicationObject } from './application-names.ts';
import { standInSql } from './stand-in.ts';

interface Entry {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly rootpage: number;
  readonly sql: string;
}

/** @returns what puts every text back, whatever happened to the order of the schema meanwhile */
export function putStandIns(database: Database.Database, objects: readonly ApplicationObject[]): () => void {
  const read = database.prepare(
    'SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE type = ? AND name = ?',
  );
  const entries = objects
    .filter(({ type }) => type === 'table' || type === 'index')
    .map(({ type, name, needs }) => ({ entry: read.get(type, name) as Entry, needs }));
  const isVirtual = ({ rootpage, type }: Entry): boolean => type === 'table' && (rootpage === 0 || rootpage === null);
  writeSchema(database, () => {
    const replace = database.prepare('UPDATE sqlite_schema SET sql = ? WHERE type = ? AND name = ?');
    const remove = database.prepare('DELETE FROM sqlite_schema WHERE type = ? AND name = ?');
    for (const { entry, needs } of entries)
      if (isVirtual(entry)) remove.run(entry.type, entry.name);
      else replace.run(standInSql(entry.type, entry.sql, needs), entry.type, entry.name);
  });
  return () =>
    writeSchema(database, () => {
      for (const { entry } of entries)
        if (isVirtual(entry)) insertVirtual(database, entry);
        else replaceSql(database, entry);
    });
}

const replaceSql = (database: Database.Database, { sql, type, name }: Pick<Entry, 'sql' | 'type' | 'name'>): void =>
  void database.prepare('UPDATE sqlite_schema SET sql = ? WHERE type = ? AND name = ?').run(sql, type, name);

const insertVirtual = (database: Database.Database, { name, tbl_name, sql }: Entry): void =>
  void database
    .prepare("INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, 0, ?)")
    .run(name, tbl_name, sql);

/** Runs `write` while the schema table may be written, and reads the schema again. */
function writeSchema(database: Database.Database, write: () => void): void {
  database.unsafeMode(true);
  database.pragma('writable_schema = ON');
  try {
    write();
  } finally {
    database.pragma('writable_schema = RESET');
    database.unsafeMode(false);
  }
}
