import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { salvage } from '../../../src-main/doctor/salvage/salvage.ts';
import { facts, fillFacts, salvageDesk } from './salvage-desk.ts';

const desk = salvageDesk();
const { make, damage, run, ask } = desk;

describe('what it refuses, as values', () => {
  it('says that there is no such file, or that it is a folder', async () => {
    expect(await salvage({ path: join(desk.folder, 'none.db'), into: desk.into })).toMatchObject({
      failure: { kind: 'not-readable' },
    });
    expect(await salvage({ path: desk.folder, into: desk.into })).toMatchObject({ failure: { kind: 'not-readable' } });
  });

  it('never writes over a file that is there', async () => {
    make(facts);
    writeFileSync(desk.into, 'mine');
    expect(await salvage({ path: desk.path, into: desk.into })).toMatchObject({ failure: { kind: 'target-exists' } });
    expect(readFileSync(desk.into, 'utf8')).toBe('mine');
  });

  it('says that a file holds nothing of SQLite, or looks encrypted, and leaves no file behind', async () => {
    writeFileSync(desk.path, '');
    expect(await salvage({ path: desk.path, into: desk.into })).toMatchObject({ failure: { kind: 'nothing-found' } });
    writeFileSync(desk.path, 'just a letter to someone\n'.repeat(400));
    expect(await salvage({ path: desk.path, into: desk.into })).toMatchObject({ failure: { kind: 'nothing-found' } });
    writeFileSync(desk.path, crypto.getRandomValues(new Uint8Array(65_536)));
    expect(await salvage({ path: desk.path, into: desk.into })).toMatchObject({ failure: { kind: 'encrypted' } });
    expect(existsSync(desk.into)).toBe(false);
  });

  it('stops at once when cancelled, and leaves no file behind', async () => {
    make(facts, fillFacts(5000));
    const controller = new AbortController();
    const cancelled = salvage({
      path: desk.path,
      into: desk.into,
      signal: controller.signal,
      onProgress: ({ phase }) => phase === 'write rows' && controller.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(desk.into)).toBe(false);
  });
});

describe('what it brings back', () => {
  it('leaves the damaged file untouched to the byte', async () => {
    make(facts, fillFacts(2000));
    damage((bytes) => bytes.fill(0, 4096, 8192));
    const before = readFileSync(desk.path);
    await run();
    expect(readFileSync(desk.path).equals(before)).toBe(true);
  });

  it('reads every row when the root page of the table is gone', async () => {
    make(facts, fillFacts(5000));
    damage((bytes) => bytes.fill(0, 4096, 8192));
    const report = await run();
    expect(report.tables[0]).toMatchObject({ table: 'facts', certain: 5000, doubtful: 0, schemaFrom: 'sqlite_schema' });
    expect(ask('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('names tables and columns itself when nobody knows them, and says so', async () => {
    make(facts, fillFacts(300));
    damage((bytes) => bytes.fill(0, 0, 4096));
    const report = await run();
    expect(report.tables.find((one) => one.certain === 300)).toMatchObject({ schemaFrom: 'inferred' });
    expect(report.notes.map((note) => note.kind)).toContain('header-lost');
  });

  it('takes the schema from the profile when page 1 is gone', async () => {
    make(facts, fillFacts(300));
    damage((bytes) => bytes.fill(0, 0, 4096));
    const report = await run({ sources: { profile: [{ type: 'table', name: 'facts', table: 'facts', sql: facts }] } });
    expect(report.tables[0]).toMatchObject({ table: 'facts', certain: 300, schemaFrom: 'profile' });
    expect(ask<{ n: number }[]>('SELECT seq AS n FROM sqlite_sequence')).toEqual([{ n: 300 }]);
  });

  it('keeps values byte for byte: large integers, NULs in text, empty blobs, infinities', async () => {
    make('CREATE TABLE odd(a, b TEXT, c BLOB, d REAL, e INTEGER)', (db) => {
      db.prepare('INSERT INTO odd VALUES (?, ?, ?, ?, ?)').run(
        9_223_372_036_854_775_807n,
        'a\0b',
        Buffer.alloc(0),
        Infinity,
        -1n,
      );
      db.prepare('INSERT INTO odd VALUES (?, ?, ?, ?, ?)').run(5, '', null, -0.5, -9_223_372_036_854_775_808n);
      db.prepare('INSERT INTO odd(rowid, a) VALUES (?, ?)').run(-9_223_372_036_854_775_808n, 'first');
    });
    const original = new Database(desk.path, { readonly: true });
    const query =
      'SELECT rowid AS r, *, typeof(a) AS t, quote(a) AS q, quote(d) AS qd, hex(b) AS h FROM odd ORDER BY rowid';
    const expected = original.prepare(query).safeIntegers().all();
    original.close();
    await run();
    const db = new Database(desk.into, { readonly: true });
    expect(db.prepare(query).safeIntegers().all()).toEqual(expected);
    db.close();
  });

  it('copes with hostile names, fires no trigger, and carries views and triggers over', async () => {
    make(
      `CREATE TABLE "select ""x"" from; --"("order" TEXT, "a""b" INTEGER);
       CREATE TABLE log(entry TEXT);
       CREATE TRIGGER noisy AFTER INSERT ON "select ""x"" from; --" BEGIN INSERT INTO log VALUES ('fired'); END;
       CREATE VIEW seen AS SELECT * FROM log;
       DROP TRIGGER noisy; INSERT INTO "select ""x"" from; --" VALUES ('a', 1);
       CREATE TRIGGER noisy AFTER INSERT ON "select ""x"" from; --" BEGIN INSERT INTO log VALUES ('fired'); END;`,
    );
    const report = await run();
    expect(report.tables.map((one) => [one.table, one.certain])).toEqual([
      ['select "x" from; --', 1],
      ['log', 0],
    ]);
    expect(ask("SELECT name FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name")).toEqual([
      { name: 'noisy' },
      { name: 'seen' },
    ]);
  });

  it('brings back a table with more columns than most, and its overflowing records', async () => {
    const names = Array.from({ length: 1500 }, (_, index) => `c${index}`);
    make(`CREATE TABLE wide(${names.join(', ')})`, (db) =>
      db
        .prepare(`INSERT INTO wide VALUES (${names.map(() => '?').join(',')})`)
        .run(names.map((name) => name.repeat(3))),
    );
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: 1, doubtful: 0 });
  });
});

describe('what it does not take for certain', () => {
  const indexed = `${facts} CREATE INDEX by_statement ON facts(statement);`;

  it('puts a row aside whose value an index contradicts', async () => {
    make(indexed, fillFacts(400));
    damage((bytes) => {
      // The first place is in the table's own page, the other in the index.
      const at = bytes.indexOf('fact number 123 ');
      bytes[at] = 0x67;
    });
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: 399, doubtful: 1, reasons: { 'index-disagrees': 1 } });
    expect(ask('SELECT hakgal_rowid AS id, hakgal_reason AS reason FROM hakgal_doubtful_facts')).toEqual([
      { id: 123, reason: 'index-disagrees' },
    ]);
  });

  it('puts a row aside whose stored value is not what its others give', async () => {
    make('CREATE TABLE t(id INTEGER PRIMARY KEY, word TEXT, loud TEXT AS (upper(word)) STORED)', (db) => {
      for (let row = 0; row < 50; row += 1) db.prepare('INSERT INTO t(word) VALUES (?)').run(`word ${row} of fifty`);
    });
    damage((bytes) => {
      bytes[bytes.indexOf('word 17 ')] = 0x66;
    });
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: 49, doubtful: 1, reasons: { constraint: 1 } });
  });

  it('does not take a stored value for a witness when nearly every row has another one today', async () => {
    make('CREATE TABLE t(id INTEGER PRIMARY KEY, word TEXT, loud TEXT AS (upper(word)) STORED)', (db) => {
      for (let row = 0; row < 50; row += 1) db.prepare('INSERT INTO t(word) VALUES (?)').run(`word ${row} of fifty`);
    });
    damage((bytes) => {
      bytes.write('lower', bytes.indexOf('upper(word)'));
    });
    expect((await run()).tables[0]).toMatchObject({ certain: 50, doubtful: 0 });
  });

  it('asks an index on a virtual column, which no record holds', async () => {
    make(
      'CREATE TABLE t(id INTEGER PRIMARY KEY, word TEXT, size AS (length(word))); CREATE INDEX by_size ON t(size, word)',
      (db) => {
        for (let row = 0; row < 50; row += 1) db.prepare('INSERT INTO t(word) VALUES (?)').run(`word ${row} of fifty`);
      },
    );
    damage((bytes) => {
      bytes[bytes.indexOf('word 17 ')] = 0x66;
    });
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: 49, doubtful: 1, reasons: { 'index-disagrees': 1 } });
  });

  it('takes an index that disagrees with nearly every row for no witness, and says so', async () => {
    const rows = 101_000;
    make('CREATE TABLE t (id INTEGER PRIMARY KEY, n INT); CREATE INDEX t_n ON t (n)', (db) => {
      db.exec(
        `INSERT INTO t WITH i(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < ${rows}) SELECT n, n FROM i`,
      );
    });
    const root = new Database(desk.path).prepare("SELECT rootpage FROM sqlite_schema WHERE name = 't_n'").pluck().get();
    // The table changes while its index is not in the schema.
    for (const change of [
      "DELETE FROM sqlite_schema WHERE name = 't_n'",
      'UPDATE t SET n = n + 1',
      `INSERT INTO sqlite_schema VALUES ('index', 't_n', 't', ${root}, 'CREATE INDEX t_n ON t (n)')`,
    ]) {
      const db = new Database(desk.path);
      db.unsafeMode(true);
      db.pragma('writable_schema = ON');
      db.exec(change);
      db.close();
    }
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: rows, doubtful: 0 });
    expect(report.notes).toMatchObject([{ kind: 'index-no-witness', values: { name: 't_n' } }]);
  });

  it('says how many rows are missing when a leaf is gone, from the entries of the index', async () => {
    make(indexed, fillFacts(1000));
    const db = new Database(desk.path, { readonly: true });
    const leaf = db
      .prepare("SELECT pageno, ncell FROM dbstat WHERE name = 'facts' AND pagetype = 'leaf' LIMIT 1 OFFSET 3")
      .get() as {
      pageno: number;
      ncell: number;
    };
    db.close();
    damage((bytes) => bytes.fill(0, (leaf.pageno - 1) * 4096, leaf.pageno * 4096));
    const report = await run();
    expect(report.tables[0]).toMatchObject({
      certain: 1000 - leaf.ncell,
      missing: { atLeast: leaf.ncell, fromIndexes: leaf.ncell },
    });
  });

  it('keeps deleted rows in a table of their own', async () => {
    make(facts, fillFacts(3000));
    const db = new Database(desk.path);
    db.pragma('secure_delete = OFF');
    db.exec('DELETE FROM facts WHERE id BETWEEN 1000 AND 1999');
    db.close();
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: 2000, doubtful: 0 });
    expect(report.tables[0]?.deleted).toBeGreaterThan(500);
    expect(ask('SELECT count(*) AS n FROM facts WHERE id BETWEEN 1000 AND 1999')).toEqual([{ n: 0 }]);
  });

  it('mixes doubtful rows in only when told to', async () => {
    make(indexed, fillFacts(400));
    damage((bytes) => {
      bytes[bytes.indexOf('fact number 123 ')] = 0x67;
    });
    await run({ includeDoubtful: true });
    expect(ask('SELECT count(*) AS n FROM facts')).toEqual([{ n: 400 }]);
  });

  it('finds a damaged letter by the backup', async () => {
    make(facts, fillFacts(400));
    const backup = join(desk.folder, 'backup.db');
    mkdirSync(desk.folder, { recursive: true });
    writeFileSync(backup, readFileSync(desk.path));
    damage((bytes) => {
      // Wherever the text stands: page splits leave copies behind in free space.
      for (let at = bytes.indexOf('fact number 77 '); at !== -1; at = bytes.indexOf('fact number 77 '))
        bytes[at] = 0x67;
    });
    const report = await run({ sources: { backup } });
    expect(report.tables[0]).toMatchObject({
      certain: 399,
      confirmed: 399,
      doubtful: 1,
      reasons: { 'backup-disagrees': 1 },
    });
  });
});
