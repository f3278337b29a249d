/** Small databases for stories about the doctor, and ways to hurt them. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import Database from 'better-sqlite3';
import { createTableSql, hakgalProfile } from '../../../src-main/contract/profile.ts';
import { parts } from '../../../src-main/doctor/files/database-files.ts';

export const factCount = 4_242;

/** The knowledge base; `without` leaves tables or columns out, as they were found missing. */
export function makeKnowledgeBase(
  path: string,
  options: { readonly without?: readonly string[]; readonly rows?: number; readonly mode?: 'delete' | 'wal' } = {},
): string {
  const { without = [], rows = factCount, mode = 'delete' } = options;
  const database = new Database(path);
  database.pragma(`journal_mode = ${mode}`);
  for (const table of hakgalProfile.tables) {
    if (without.includes(table.name)) continue;
    const columns = table.columns.filter(({ name }) => !without.includes(`${table.name}.${name}`));
    database.exec(createTableSql({ ...table, columns }));
  }
  const insert = database.prepare('INSERT INTO facts (statement, source) VALUES (?, ?)');
  database.transaction(() => {
    for (let row = 1; row <= rows; row += 1)
      insert.run(`IsA(Thing${row}, Concept) ${'.'.repeat(row % 90)}`, `s${row % 7}`);
  })();
  database.exec('CREATE INDEX facts_by_source ON facts (source); CREATE INDEX facts_by_statement ON facts (statement)');
  database.close();
  return path;
}

/** Leaves a log beside the database, as a program that was killed does. */
export function leaveLog(path: string, sql: string): void {
  const aside = `${path}.writer`;
  copyFileSync(path, aside);
  const database = new Database(aside);
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 0');
  database.exec(sql);
  copyFileSync(aside, path);
  copyFileSync(`${aside}-wal`, `${path}-wal`);
  copyFileSync(`${aside}-shm`, `${path}-shm`);
  database.close();
}

/** Leaves a hot journal and a half-written file, as a crash in the middle of a transaction does. */
export function leaveJournal(path: string, sql: string): void {
  const aside = `${path}.writer`;
  copyFileSync(path, aside);
  const database = new Database(aside);
  database.pragma('journal_mode = DELETE');
  // So small a cache writes pages to the file before the transaction ends.
  database.pragma('cache_size = 5');
  database.exec(`BEGIN; ${sql}`);
  copyFileSync(aside, path);
  copyFileSync(`${aside}-journal`, `${path}-journal`);
  database.exec('ROLLBACK');
  database.close();
}

/**
 * Leaves the database with the change, and beside it the journal of a commit over several files whose shared journal is
 * gone.
 */
export function leaveSharedJournal(path: string, sql: string): void {
  const before = readFileSync(path);
  leaveJournal(path, sql);
  const journal = readFileSync(`${path}-journal`);
  rmSync(`${path}-journal`);
  writeFileSync(path, before);
  const database = new Database(path);
  database.exec(sql);
  database.close();
  const name = Buffer.from(`${path}-mj0123459AB`);
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value >>> 0);
    return bytes;
  };
  const sum = new Int8Array(name).reduce((total, byte) => total + byte, 0);
  // In place of a page's number the page at 1 GB, to which SQLite never writes.
  const end = [number(0x4000_0000 / 4096 + 1), name, number(name.length), number(sum), journal.subarray(0, 8)];
  const padding = Buffer.alloc((512 - (journal.length % 512)) % 512);
  writeFileSync(`${path}-journal`, Buffer.concat([journal, padding, ...end]));
}

export function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

export const truncate = (path: string, bytes: number): void => truncateSync(path, bytes);

export function rootPageOf(path: string, name: string): number {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name) as number;
  } finally {
    database.close();
  }
}

/** SHA-256 of each file of the database; what means nothing on its own (the shared-memory index) is left out. */
export function sums(path: string): Record<string, string> {
  return Object.fromEntries(
    parts
      .filter((part) => part !== '-shm' && existsSync(path + part))
      .map((part) => [
        part,
        createHash('sha256')
          .update(readFileSync(path + part))
          .digest('hex'),
      ]),
  );
}

export function count(path: string, table: string): number {
  const database = new Database(path);
  try {
    return database.prepare(`SELECT count(*) FROM "${table}" NOT INDEXED`).pluck().get() as number;
  } finally {
    database.close();
  }
}

export function integrity(path: string): string {
  const database = new Database(path);
  try {
    return database.pragma('integrity_check', { simple: true }) as string;
  } finally {
    database.close();
  }
}
