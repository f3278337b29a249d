import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { SalvageReport, SchemaStatement, TableLoss } from '../../../src-main/doctor/salvage/salvage-types.ts';
import { facts, fillFacts, salvageDesk } from './salvage-desk.ts';

const desk = salvageDesk();
const { make, damage, run, ask } = desk;

interface TreePage {
  readonly pageno: number;
  readonly ncell: number;
}

/** Pages of one kind of a b-tree, in the order of their keys. */
function pagesOf(name: string, kind: 'leaf' | 'internal'): TreePage[] {
  const db = new Database(desk.path, { readonly: true });
  try {
    return db
      .prepare('SELECT pageno, ncell FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY path')
      .all(name, kind) as TreePage[];
  } finally {
    db.close();
  }
}

const zero = (...pages: readonly number[]): void =>
  damage((bytes) => {
    for (const page of pages) bytes.fill(0, (page - 1) * 4096, page * 4096);
  });

const lossOf = (report: SalvageReport, table: string): TableLoss =>
  report.tables.find((one) => one.table === table) as TableLoss;

const profile: readonly SchemaStatement[] = [{ type: 'table', name: 'facts', table: 'facts', sql: facts }];

describe('how many rows are missing', () => {
  it('is none, for sure, when only the header is damaged', async () => {
    make(facts, fillFacts(3000));
    damage((bytes) => bytes.fill(0xff, 24, 28));
    expect(lossOf(await run(), 'facts').missing).toMatchObject({ atLeast: 0, atMost: 0 });
  });

  it('is at least a row a page that is named and gone, and at most the rowids that nobody has', async () => {
    make(facts, fillFacts(4242));
    const leaves = pagesOf('facts', 'leaf');
    const [first, second] = [leaves[5], leaves[6]] as [TreePage, TreePage];
    zero(first.pageno, second.pageno);
    const { certain, missing } = lossOf(await run(), 'facts');
    expect(certain).toBe(4242 - first.ncell - second.ncell);
    expect(missing).toMatchObject({ atLeast: 2, atMost: first.ncell + second.ncell });
  });

  it('is bounded just so when page 1 is gone as well and a profile knows the table', async () => {
    make(facts, fillFacts(4242));
    const leaves = pagesOf('facts', 'leaf');
    const [first, second] = [leaves[5], leaves[30]] as [TreePage, TreePage];
    zero(1, first.pageno, second.pageno);
    const report = await run({ sources: { profile } });
    expect(lossOf(report, 'facts')).toMatchObject({
      certain: 4242 - first.ncell - second.ncell,
      missing: { atLeast: 2, atMost: first.ncell + second.ncell },
    });
  });

  it('is known by the largest rowid ever given when the last page is gone', async () => {
    make(facts, fillFacts(4242));
    const last = pagesOf('facts', 'leaf').at(-1) as TreePage;
    zero(last.pageno);
    expect(lossOf(await run(), 'facts').missing).toMatchObject({ atLeast: 1, atMost: last.ncell });
  });

  it('is told by the gaps between the pages when the root is gone with two of them', async () => {
    make(facts, fillFacts(4242));
    const root = pagesOf('facts', 'internal')[0] as TreePage;
    const leaves = pagesOf('facts', 'leaf');
    const [first, second] = [leaves[5], leaves[6]] as [TreePage, TreePage];
    zero(root.pageno, first.pageno, second.pageno);
    const { missing } = lossOf(await run(), 'facts');
    expect(missing).toMatchObject({ atLeast: 0, atMost: first.ncell + second.ncell });
  });

  it('is at least a row a page in a table without rowids too, where gaps tell nothing', async () => {
    make('CREATE TABLE kv(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID', (db) => {
      const insert = db.prepare('INSERT INTO kv VALUES (?, ?)');
      for (let row = 0; row < 4000; row += 1) insert.run(`key ${row}`, 'some value '.repeat(3));
    });
    const leaves = pagesOf('kv', 'leaf');
    const [first, second] = [leaves[4], leaves[9]] as [TreePage, TreePage];
    zero(first.pageno, second.pageno);
    const { missing } = lossOf(await run(), 'kv');
    expect(missing.atLeast).toBe(2);
    expect(missing.atMost).toBeGreaterThanOrEqual(first.ncell + second.ncell);
  });

  it('is exact where a whole index has an entry for each of them', async () => {
    make(`${facts} CREATE INDEX by_statement ON facts(statement);`, (db) => {
      fillFacts(4242)(db);
      db.exec('DELETE FROM facts WHERE id % 3 = 0');
    });
    const leaf = pagesOf('facts', 'leaf')[7] as TreePage;
    zero(leaf.pageno);
    expect(lossOf(await run(), 'facts').missing).toMatchObject({
      atLeast: leaf.ncell,
      atMost: leaf.ncell,
      fromIndexes: leaf.ncell,
    });
  });

  it('counts rows of the backup only where pages are gone: the others were deleted since', async () => {
    make(facts, fillFacts(4242));
    const backup = join(desk.folder, 'backup.db');
    copyFileSync(desk.path, backup);
    const db = new Database(desk.path);
    db.exec('DELETE FROM facts WHERE id BETWEEN 100 AND 110');
    db.close();
    const leaf = pagesOf('facts', 'leaf')[30] as TreePage;
    zero(leaf.pageno);
    expect(lossOf(await run({ sources: { backup } }), 'facts').missing.fromBackup).toBe(leaf.ncell);
  });

  it('cannot be told when the end of the log is cut off', async () => {
    const db = new Database(desk.path);
    db.pragma('journal_mode = WAL');
    db.exec(facts);
    fillFacts(2000)(db);
    for (const part of ['', '-wal']) copyFileSync(desk.path + part, join(desk.folder, `copy.db${part}`));
    db.close();
    const path = join(desk.folder, 'copy.db');
    truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 2000);
    const report = await run({ path });
    expect(lossOf(report, 'facts').missing.atMost).toBeNull();
    expect(report.notes.map((note) => note.kind)).toContain('log-unfinished');
  });
});

describe('tables of SQLite itself', () => {
  it('are recognised without page 1 and become no tables of the user', async () => {
    make(`${facts} CREATE INDEX by_statement ON facts(statement);`, (db) => {
      fillFacts(500)(db);
      db.exec('DELETE FROM facts WHERE id > 450');
    });
    const db = new Database(desk.path);
    db.exec('ANALYZE');
    db.close();
    zero(1);
    const report = await run({ sources: { profile } });
    expect(report.tables.map((one) => one.table)).toEqual(['facts']);
    expect(report.lostAndFound).toBe(0);
    // The next row gets a number that was never given before.
    expect(ask('SELECT name, seq FROM sqlite_sequence')).toEqual([{ name: 'facts', seq: 500 }]);
  });

  it('leave a table of the user alone that only looks like them', async () => {
    const counts = 'CREATE TABLE counts(of_table TEXT, rows INTEGER)';
    make(`${facts} ${counts};`, (db) => {
      fillFacts(500)(db);
      db.exec("INSERT INTO counts VALUES ('facts', 499)");
    });
    zero(1);
    const sources = { profile: [...profile, { type: 'table', name: 'counts', table: 'counts', sql: counts } as const] };
    await run({ sources });
    // Which of the two like pages is whose can't be told; that neither is lost can.
    const found = ask<{ name: string }[]>("SELECT name FROM sqlite_schema WHERE name LIKE '%counts'").flatMap(
      ({ name }) => ask<{ rows: number }[]>(`SELECT rows FROM ${name}`),
    );
    expect(found.map((row) => row.rows).sort()).toEqual([499, 500]);
  });
});
