/** What an application wrote against its own declaration, as a habit, is no doubt of its rows; once is. */
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { harmDesk } from './harm-desk.ts';

const desk = harmDesk();
// SQLite answers `v IS NULL` from the declaration, without looking: hence typeof.

/**
 * 1,000 rows of a table that takes anything, which only then gets the declaration; a page of another table is
 * destroyed.
 */
function make(declaration: string, fill: (db: Database.Database) => void, index = ''): void {
  desk.make((db) => {
    db.exec(`CREATE TABLE t(id INTEGER PRIMARY KEY, v, n INT); ${index}`);
    fill(db);
    db.exec('CREATE TABLE other(id INTEGER PRIMARY KEY, v TEXT)');
    const insert = db.prepare('INSERT INTO other VALUES (?, ?)');
    for (let id = 1; id <= 400; id += 1) insert.run(id, 'other '.repeat(10));
  });
  desk.rewriteSchema(
    `UPDATE sqlite_schema SET sql = 'CREATE TABLE t(id INTEGER PRIMARY KEY, ${declaration.replaceAll("'", "''")})' WHERE name = 't'`,
  );
  const [, page = 0] = desk.leavesOf('other');
  desk.damage((bytes) => bytes.fill(0x5a, (page - 1) * 4096, page * 4096));
}

const rows = (db: Database.Database, value: (id: number) => string): void => {
  const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?)');
  for (let id = 1; id <= 1000; id += 1) insert.run(id, value(id), id * 2);
};
const name = (id: number): string => `name ${id} ${'x'.repeat(id % 40)}`;

const lossOf = async (includeDoubtful = false) => {
  const report = await desk.repair({ includeDoubtful });
  expect(report.done.map(({ id }) => id)).toEqual(['salvage-rows']);
  return { report, loss: report.loss.find(({ table }) => table === 't') };
};

describe('a rule that many rows break', () => {
  it('keeps NULL where NOT NULL is said', async () => {
    make('v TEXT NOT NULL, n INT', (db) => {
      rows(db, name);
      db.exec('UPDATE t SET v = NULL WHERE id % 50 = 1');
    });
    const { report, loss } = await lossOf();
    expect(loss).toMatchObject({ certain: 1000, doubtful: 0, constraintFailures: 20 });
    expect(report.notes.map(({ kind }) => kind)).toContain('rules-broken-kept');
    expect(desk.ask("SELECT 1 FROM t WHERE typeof(v) = 'null'")).toHaveLength(20);
    expect(desk.schema()[0]).toBe('CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT NOT NULL, n INT)');
  });

  it('keeps NULL where NOT NULL is said, named and with a way to resolve it, and an index holds the NULLs, too', async () => {
    make(
      'v TEXT CONSTRAINT must NOT NULL ON CONFLICT FAIL, n INT NOT NULL',
      (db) => {
        rows(db, name);
        db.exec('UPDATE t SET v = NULL, n = NULL WHERE id % 90 = 1');
      },
      'CREATE INDEX tv ON t(v)',
    );
    const { loss } = await lossOf();
    expect(loss).toMatchObject({ certain: 1000, doubtful: 0 });
    expect(desk.ask("SELECT 1 FROM t WHERE typeof(v) = 'null' AND typeof(n) = 'null'")).toHaveLength(12);
  });

  it('keeps text of another encoding that is so in the whole column', async () => {
    make('v TEXT, n INT', (db) => {
      rows(db, name);
      db.exec("UPDATE t SET v = CAST(x'4dfc6c6c657220' || v AS TEXT) WHERE id % 3 = 0");
    });
    const { loss } = await lossOf();
    expect(loss).toMatchObject({ certain: 1000, doubtful: 0 });
    expect(desk.ask("SELECT 1 FROM t WHERE typeof(v) = 'text' AND hex(v) LIKE '4DFC6C6C6572%'")).toHaveLength(333);
  });

  it('keeps what violates a CHECK', async () => {
    make('v TEXT, n INT CHECK (n > 0)', (db) => {
      rows(db, name);
      db.exec('UPDATE t SET n = -5 WHERE id % 20 = 0');
    });
    const { loss } = await lossOf();
    expect(loss).toMatchObject({ certain: 1000, doubtful: 0 });
    expect(desk.ask('SELECT 1 FROM t WHERE n = -5')).toHaveLength(50);
  });
});

describe('a rule that one row breaks', () => {
  const one = (set: string): void =>
    make('v TEXT NOT NULL, n INT CHECK (n > 0)', (db) => {
      rows(db, (id) => `näme ${id}`);
      db.exec(`UPDATE t SET ${set} WHERE id = 500`);
    });
  const cases = [
    ['an empty value', 'v = NULL', "typeof(v) = 'null'"],
    ['a violated CHECK', 'n = -5', 'n = -5'],
    ['text of another encoding', "v = CAST(x'6e80616d65' AS TEXT)", "hex(v) = '6E80616D65' AND typeof(v) = 'text'"],
  ] as const;

  it.each(cases)('leaves it doubtful: %s', async (_, set) => {
    one(set);
    const { loss } = await lossOf();
    expect(loss).toMatchObject({ certain: 999, doubtful: 1 });
  });

  it.each(cases)('puts it where it was when the user says so: %s', async (_, set, where) => {
    one(set);
    await lossOf(true);
    expect(desk.countRows('t')).toBe(1000);
    expect(desk.ask(`SELECT 1 FROM t WHERE id = 500 AND ${where}`)).toHaveLength(1);
  });
});
