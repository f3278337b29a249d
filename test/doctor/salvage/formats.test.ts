import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { TableLoss } from '../../../src-main/doctor/salvage/salvage-types.ts';
import { FileBytes } from '../../../src-main/doctor/sqlite-file/file-bytes.ts';
import { OverlaidPages } from '../../../src-main/doctor/sqlite-file/page-source.ts';
import { PointerMap, pointerKind } from '../../../src-main/doctor/sqlite-file/pointer-map.ts';
import { facts, fillFacts, salvageDesk } from './salvage-desk.ts';

const desk = salvageDesk();
const { damage, run, ask } = desk;

const profile = [{ type: 'table', name: 'facts', table: 'facts', sql: facts } as const];

function open(...pragmas: readonly string[]): Database.Database {
  const db = new Database(desk.path);
  for (const pragma of pragmas) db.pragma(pragma);
  return db;
}

/**
 * An empty database whose pages keep `reserved` bytes at their end, as encrypting and checksumming extensions make
 * them.
 */
function reserve(reserved: number): void {
  const db = open('page_size = 1024');
  db.exec('CREATE TABLE t(a); DROP TABLE t; VACUUM');
  db.close();
  const bytes = readFileSync(desk.path);
  bytes[20] = reserved;
  bytes.writeUInt16BE(1024 - reserved, 105);
  writeFileSync(desk.path, bytes);
}

describe('every form that the file format has', () => {
  it.each([false, true])('reads pages with reserved bytes, header gone: %s', async (isHeaderGone) => {
    reserve(32);
    const db = open();
    db.exec(facts);
    db.transaction(() => {
      fillFacts(2000)(db);
      db.prepare('INSERT INTO facts(statement) VALUES (?)').run('long '.repeat(2000));
    })();
    db.close();
    expect(readFileSync(desk.path)[20]).toBe(32);
    if (isHeaderGone) damage((bytes) => bytes.fill(0, 0, 1024));
    const report = await run({ sources: { profile } });
    expect(report.tables[0]).toMatchObject({ table: 'facts', certain: 2001, doubtful: 0 });
    expect(ask('SELECT length(statement) AS length FROM facts WHERE id = 2001')).toEqual([{ length: 10_000 }]);
  });

  it.each(['UTF-16le', 'UTF-16be'] as const)('reads %s when the header that says so is gone', async (encoding) => {
    const db = open(`encoding = '${encoding}'`);
    db.exec(facts);
    db.transaction(() => fillFacts(800)(db))();
    db.prepare('INSERT INTO facts(statement) VALUES (?)').run('Größe, 数, 🙂');
    db.close();
    damage((bytes) => bytes.fill(0, 0, 4096));
    const report = await run({ sources: { profile } });
    expect(report.encoding).toBe(encoding);
    expect(ask('SELECT statement FROM facts WHERE id = 801')).toEqual([{ statement: 'Größe, 数, 🙂' }]);
  });

  it('takes the log for the newer half of the database, and forgets what was never committed', async () => {
    const db = open('journal_mode = WAL', 'wal_autocheckpoint = 0');
    db.exec(facts);
    db.transaction(() => fillFacts(500)(db))();
    db.pragma('wal_checkpoint(FULL)');
    db.exec("UPDATE facts SET statement = 'newer' WHERE id = 7");
    // So large a transaction spills into the log before its end.
    db.pragma('cache_size = 5');
    db.exec('BEGIN');
    fillFacts(3000)(db);
    const path = join(desk.folder, 'copy.db');
    for (const part of ['', '-wal']) copyFileSync(desk.path + part, path + part);
    db.exec('ROLLBACK');
    db.close();
    const report = await run({ path });
    expect(report.tables[0]).toMatchObject({ certain: 500, doubtful: 0 });
    expect(ask('SELECT statement FROM facts WHERE id = 7')).toEqual([{ statement: 'newer' }]);
  });

  it('rolls a hot journal back, in memory: the file keeps its half-done transaction', async () => {
    const db = open('cache_size = 5');
    db.exec(facts);
    db.transaction(() => fillFacts(500)(db))();
    db.exec('BEGIN');
    db.exec("UPDATE facts SET statement = 'half done ' || statement");
    fillFacts(3000)(db);
    const path = join(desk.folder, 'copy.db');
    copyFileSync(desk.path, path);
    expect(existsSync(`${desk.path}-journal`)).toBe(true);
    copyFileSync(`${desk.path}-journal`, `${path}-journal`);
    db.exec('ROLLBACK');
    db.close();
    const before = readFileSync(path);
    expect(before.includes('half done')).toBe(true);
    const report = await run({ path });
    expect(report.notes.map((note) => note.kind)).toContain('journal-rolled-back');
    // Rows on pages that the transaction had added are at most doubtful.
    const { certain, doubtful, reasons } = report.tables[0] as TableLoss;
    expect([certain, doubtful]).toEqual([500, reasons['beyond-end'] ?? 0]);
    expect(ask("SELECT count(*) AS n FROM facts WHERE statement LIKE 'half%'")).toEqual([{ n: 0 }]);
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('the pointer map of an auto-vacuum database', () => {
  function withFreePages(): void {
    const db = open('page_size = 1024', 'auto_vacuum = INCREMENTAL', 'secure_delete = OFF');
    db.exec(`${facts} CREATE TABLE blobs(content)`);
    db.transaction(() => fillFacts(3000)(db))();
    db.prepare('INSERT INTO blobs VALUES (?)').run(Buffer.alloc(9000, 'x'));
    db.exec('DELETE FROM facts WHERE id BETWEEN 1000 AND 1999');
    db.close();
  }

  it('says of each page what SQLite says', () => {
    withFreePages();
    const db = open();
    const pages = db.prepare('SELECT pageno, pagetype FROM dbstat WHERE pageno > 2').all() as {
      pageno: number;
      pagetype: string;
    }[];
    const roots = db.prepare('SELECT rootpage FROM sqlite_schema').pluck().all() as number[];
    const pageCount = db.pragma('page_count', { simple: true }) as number;
    const free = db.pragma('freelist_count', { simple: true }) as number;
    db.close();
    using file = new FileBytes(desk.path);
    const map = new PointerMap(new OverlaidPages(file, { pageSize: 1024, reserved: 0, pageCount }));
    for (const { pageno, pagetype } of pages) {
      const kinds = roots.includes(pageno)
        ? [pointerKind.root]
        : pagetype === 'overflow'
          ? [pointerKind.firstOverflow, pointerKind.overflow]
          : [pointerKind.tree];
      expect(kinds, `page ${pageno}, ${pagetype}`).toContain(map.of(pageno)?.kind);
    }
    const kinds = Array.from({ length: pageCount }, (_, index) => map.of(index + 1)?.kind);
    expect(kinds.filter((kind) => kind === pointerKind.free)).toHaveLength(free);
    expect(map.looksPresent()).toBe(true);
  });

  it('tells deleted rows from those in use when the header is gone with its list of free pages', async () => {
    withFreePages();
    const blobs = { type: 'table', name: 'blobs', table: 'blobs', sql: 'CREATE TABLE blobs(content)' } as const;
    damage((bytes) => bytes.fill(0, 0, 1024));
    const report = await run({ sources: { profile: [...profile, blobs] } });
    const loss = report.tables.find((one) => one.table === 'facts');
    expect(loss).toMatchObject({ certain: 2000, doubtful: 0 });
    expect(loss?.deleted).toBeGreaterThan(500);
  });
});
