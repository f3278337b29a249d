/** What SQLite only says when it is asked to write: found by looking, on files that nobody changes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src-main/contract/doctor/examination.ts';
import { checksIn, isAutoIncrement } from '../../../src-main/doctor/examine/statement-text.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { contextIn, look, repair } from '../support/flow-for-test.ts';

async function found(
  ...texts: readonly string[]
): Promise<{ findings: readonly Finding[]; verdict: string; file: string }> {
  const folder = temporaryFolder();
  const file = join(folder, 't.db');
  for (const text of texts) {
    const database = new Database(file);
    database.unsafeMode(true);
    database.pragma('ignore_check_constraints = ON');
    database.pragma('writable_schema = ON');
    database.exec(text);
    database.close();
  }
  const before = readFileSync(file);
  const { findings, verdict } = await look(contextIn(folder), file);
  expect(readFileSync(file).equals(before)).toBe(true);
  return { findings, verdict, file };
}

describe('a CHECK', () => {
  it.each([
    ['of a column', 'v INT CHECK (v > 0)', 'NULL, -5', 1],
    ['of a table, with a bracket in its text', "v INT, CHECK (v <> 0 AND 'a)b(' = 'a)b(')", 'NULL, 0', 1],
    ['in a comment beside a real one', 'v INT /* CHECK (0) */ CHECK (v BETWEEN 1 AND 3) -- CHECK (1', 'NULL, 7', 1],
    ['with a name of its own', 'v TEXT CONSTRAINT short CHECK (length(v) < 4)', "NULL, 'too long'", 1],
    ['that NULL satisfies', 'v INT CHECK (v > 0)', 'NULL, NULL', 0],
    ['that holds', "v TEXT DEFAULT 'CHECK (0)' CHECK (v IS NOT NULL)", "NULL, 'x'", 0],
  ])('%s', async (_, column, values, count) => {
    const { findings, verdict } = await found(
      `CREATE TABLE a (id INTEGER PRIMARY KEY, ${column}\n); INSERT INTO a VALUES (${values})`,
    );
    expect(findings.filter(({ kind }) => kind === 'constraint-violated').map((one) => one.count)).toEqual(
      count === 0 ? [] : [count],
    );
    expect(verdict).toBe('healthy');
  });

  it('is told once for a table, with the number of rows and the first of them', async () => {
    const { findings } = await found(
      'CREATE TABLE a (id INTEGER PRIMARY KEY, v INT CHECK (v > 0), w INT CHECK (w < 9)); INSERT INTO a VALUES (1, 1, 1), (2, -1, 1), (3, 1, 99)',
    );
    expect(findings).toMatchObject([
      { kind: 'constraint-violated', severity: 'warning', count: 2, place: { table: 'a', rowid: 2 } },
    ]);
  });
});

describe('a trigger or view', () => {
  it('that names a full-text table which is gone is told, with the tables it left', async () => {
    const { findings, verdict } = await found(
      `CREATE TABLE messages (id INTEGER PRIMARY KEY, name TEXT);
       CREATE VIRTUAL TABLE messages_fts USING fts5(name, content='messages', content_rowid='id');
       CREATE TRIGGER mi AFTER INSERT ON messages BEGIN INSERT INTO messages_fts(rowid, name) VALUES (new.id, new.name); END;
       INSERT INTO messages (name) VALUES ('one'), ('two')`,
      "DELETE FROM sqlite_schema WHERE name = 'messages_fts'",
    );
    expect(verdict).toBe('healthy');
    expect(findings.map(({ kind, values }) => [kind, values])).toEqual([
      ['trigger-broken', { table: 'messages', names: 'mi', missing: 'main.messages_fts', writes: 'INSERT' }],
      ['shadow-orphaned', { name: 'messages_fts', module: 'FTS5' }],
    ]);
  });

  it.each([
    ['an UPDATE', 'CREATE TRIGGER x AFTER UPDATE OF b ON t BEGIN DELETE FROM gone; END', 'UPDATE'],
    ['a DELETE', 'CREATE TRIGGER x BEFORE DELETE ON t BEGIN UPDATE gone SET a = 1; END', 'DELETE'],
  ])('that names a missing table and fires on %s', async (_, trigger, writes) => {
    const { findings } = await found(
      'CREATE TABLE t (a, b)',
      `CREATE TABLE gone (a); ${trigger}`,
      "DELETE FROM sqlite_schema WHERE name = 'gone'",
    );
    const own = findings.filter(({ check }) => check === 'references');
    expect(own).toMatchObject([{ kind: 'trigger-broken', values: { names: 'x', missing: 'main.gone', writes } }]);
  });

  it('that names a missing table or column: a view', async () => {
    const { findings } = await found(
      'CREATE TABLE t (a, b); CREATE TABLE gone (c); CREATE VIEW one AS SELECT a FROM t JOIN gone; CREATE VIEW two AS SELECT z FROM t; CREATE VIEW whole AS SELECT b FROM t',
      "DELETE FROM sqlite_schema WHERE name = 'gone'",
    );
    expect(findings.map(({ kind, place }) => [kind, place.table])).toEqual([
      ['view-broken', 'one'],
      ['view-broken', 'two'],
    ]);
  });

  it('that works is no finding, nor is one whose function only its application has', async () => {
    const { findings } = await found(
      `CREATE TABLE t (a, b); CREATE TABLE log (c); CREATE VIEW v AS SELECT own_function(a) FROM t;
       CREATE TRIGGER x AFTER INSERT ON t BEGIN INSERT INTO log VALUES (other_function(new.a)); END;
       CREATE TRIGGER y AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (new.a); END;
       CREATE TABLE x_data (a); CREATE TABLE x_idx (b); CREATE TABLE x_config (c);
       CREATE VIRTUAL TABLE r USING rtree(id, a, b)`,
    );
    expect(findings.filter(({ check }) => check === 'references')).toEqual([]);
  });

  it('of an R-Tree that is gone leaves its tables, too', async () => {
    const { findings } = await found(
      'CREATE VIRTUAL TABLE r USING rtree(id, a, b); INSERT INTO r VALUES (1, 2, 3)',
      "DELETE FROM sqlite_schema WHERE name = 'r'",
    );
    expect(findings).toMatchObject([{ kind: 'shadow-orphaned', values: { name: 'r', module: 'R-Tree' } }]);
  });
});

describe('AUTOINCREMENT', () => {
  const make = 'CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, v); INSERT INTO a (id, v) VALUES (7, 1), (9, 2)';
  it.each([
    ['behind its rows', 'UPDATE sqlite_sequence SET seq = 3', 'sequence-behind'],
    ['without an entry', 'DELETE FROM sqlite_sequence', 'sequence-missing'],
    ['without its table', "DELETE FROM sqlite_schema WHERE name = 'sqlite_sequence'", 'sequence-missing'],
  ])('%s is told and can be put right', async (_, hurt, kind) => {
    const { findings, verdict, file } = await found(make, hurt);
    const own = findings.filter(({ check }) => check === 'sequences');
    expect(own).toMatchObject([{ kind, severity: 'warning', place: { table: 'a' } }]);
    expect(verdict).toBe('healthy');
    const outcome = await repair(contextIn(join(file, '..')), file, { chosen: ['set-sequences'] });
    expect(outcome).toMatchObject({ ok: true, value: { done: [{ id: 'set-sequences' }] } });
    const database = new Database(file);
    database.exec("DELETE FROM a WHERE id = 9; INSERT INTO a (v) VALUES ('next')");
    expect(database.prepare('SELECT max(id) FROM a').pluck().get()).toBe(10);
    database.close();
  });

  it('of an empty table, or one that is ahead, is no finding', async () => {
    const { findings } = await found(
      "CREATE TABLE empty (id INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TABLE other (a DEFAULT 'AUTOINCREMENT')",
      `${make}; DELETE FROM a WHERE id = 9`,
    );
    expect(findings).toEqual([]);
  });
});

describe('the text of a statement', () => {
  it('gives its CHECKs and nothing from quotes or comments', () => {
    expect(
      checksIn(`CREATE TABLE "check (" (a CHECK(a>0), b CHECK ( f("x)") ) /* check (1) */, c DEFAULT 'check (2)')`),
    ).toEqual(['a>0', ' f("x)") ']);
    expect(isAutoIncrement("CREATE TABLE t (a DEFAULT 'autoincrement') -- autoincrement")).toBe(false);
    expect(isAutoIncrement('CREATE TABLE t (a INTEGER PRIMARY KEY autoincrement)')).toBe(true);
  });
});
