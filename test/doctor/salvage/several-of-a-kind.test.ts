/**
 * Files that hold more than one thing of a kind: what an earlier repair left, records of indexes and tables that look
 * alike, virtual tables.
 */
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { SchemaStatement } from '../../../src-main/doctor/salvage/salvage-types.ts';
import { salvageDesk } from './salvage-desk.ts';

const desk = salvageDesk();
const { make, damage, run, ask } = desk;

function learned(): SchemaStatement[] {
  const db = new Database(desk.path, { readonly: true });
  try {
    return db
      .prepare(
        'SELECT type, name, tbl_name AS "table", coalesce(sql, \'\') AS sql, rootpage AS rootPage FROM sqlite_schema',
      )
      .all() as SchemaStatement[];
  } finally {
    db.close();
  }
}

function change(sql: string): void {
  const db = new Database(desk.path);
  db.unsafeMode();
  db.pragma('writable_schema = ON');
  db.exec(sql);
  db.close();
}

const pagesOf = (name: string): number[] => {
  const db = new Database(desk.path, { readonly: true });
  try {
    return db.prepare('SELECT pageno FROM dbstat WHERE name = ? ORDER BY path').pluck().all(name) as number[];
  } finally {
    db.close();
  }
};
const zero = (page: number): void => damage((bytes) => bytes.fill(0, (page - 1) * 4096, page * 4096));

/** Breaks the text `word` in every place, so that it is no UTF-8. */
const garble = (word: string): void =>
  damage((bytes) => {
    for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word)) bytes[at] = 0xff;
  });

const tables = (): string[] =>
  ask<{ name: string }[]>("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => name);

describe('two tables of one shape whose roots changed places', () => {
  const filled = (
    table: string,
    rows: number,
  ): string => `CREATE TABLE ${table}(id INTEGER PRIMARY KEY, name TEXT, size INTEGER);
    CREATE INDEX ${table}_by_name ON ${table}(name);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO ${table} SELECT i, '${table} number ' || i, i % 7 FROM n;`;

  it.each([20, 5_000])(
    'give neither the rows of the other (%i rows), and the report names whose they are',
    async (rows) => {
      make(filled('cats', rows) + filled('dogs', rows + 3));
      const [cats, dogs] = [pagesOf('cats')[0] as number, pagesOf('dogs')[0] as number];
      damage((bytes) => {
        const kept = Buffer.from(bytes.subarray((cats - 1) * 4096, cats * 4096));
        bytes.copyWithin((cats - 1) * 4096, (dogs - 1) * 4096, dogs * 4096);
        kept.copy(bytes, (dogs - 1) * 4096);
      });
      const report = await run();
      expect(ask('SELECT (SELECT count(*) FROM cats) AS cats, (SELECT count(*) FROM dogs) AS dogs')).toEqual([
        { cats: 0, dogs: 0 },
      ]);
      expect(ask('SELECT count(*) AS n FROM hakgal_doubtful_cats')).toEqual([{ n: rows + 3 }]);
      expect(report.notes.filter(({ kind }) => kind === 'rows-of-another').map(({ values }) => values)).toEqual([
        { rows: rows + 3, table: 'cats', owner: 'dogs' },
        { rows, table: 'dogs', owner: 'cats' },
      ]);
    },
  );
});

describe('a file that was salvaged before', () => {
  it('keeps what was put aside then, and puts aside anew beside it', async () => {
    make(`CREATE TABLE facts(id INTEGER PRIMARY KEY, statement TEXT);
      CREATE TABLE hakgal_doubtful_facts(hakgal_reason, hakgal_page, hakgal_cell, hakgal_rowid, id, statement);
      CREATE TABLE hakgal_lost_and_found(page INTEGER, cell INTEGER, hakgal_rowid, is_deleted INTEGER, fields INTEGER, c1);
      CREATE TABLE forgotten(a, b, c, d, e, f, g, h, i);
      INSERT INTO facts VALUES (1, 'whole'), (2, 'broken today');
      INSERT INTO hakgal_doubtful_facts VALUES ('page-unowned', 9, 0, 7, 7, 'of then'), ('page-unowned', 9, 1, 8, 8, 'garbled today');
      INSERT INTO hakgal_lost_and_found VALUES (5, 0, 1, 0, 1, 'lost then');
      INSERT INTO forgotten VALUES (1, 2, 3, 4, 5, 6, 7, 8, 'nine');`);
    change("DELETE FROM sqlite_schema WHERE name = 'forgotten'");
    garble('broken today');
    garble('garbled today');
    const report = await run();
    expect(tables()).toEqual([
      'facts',
      'hakgal_doubtful_facts',
      'hakgal_lost_and_found',
      'hakgal_doubtful_facts_2',
      'hakgal_doubtful_hakgal_doubtful_facts',
      'hakgal_lost_and_found_2',
    ]);
    expect(report.tables.map(({ table, certain, doubtful }) => [table, certain, doubtful])).toEqual([
      ['facts', 1, 1],
      ['hakgal_doubtful_facts', 1, 1],
      ['hakgal_lost_and_found', 1, 0],
    ]);
    expect(
      ask('SELECT hakgal_2_reason AS reason, hakgal_rowid AS old FROM hakgal_doubtful_hakgal_doubtful_facts'),
    ).toEqual([{ reason: 'invalid-text', old: 8 }]);
    expect(ask('SELECT c9 FROM hakgal_lost_and_found_2')).toEqual([{ c9: 'nine' }]);
  });
});

describe('a table of the most columns', () => {
  it('has its doubtful rows put aside, all but the last few of their values', async () => {
    const names = Array.from({ length: 1999 }, (_, index) => `c${index}`);
    make(`CREATE TABLE wide(${names.join(', ')})`, (db) => {
      const insert = db.prepare('INSERT INTO wide(c0, c1) VALUES (?, ?)');
      for (const text of ['first', 'second', 'third']) insert.run(text, 'x');
    });
    garble('second');
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: 2, doubtful: 1 });
    expect(ask("SELECT count(*) AS n FROM pragma_table_info('hakgal_doubtful_wide')")).toEqual([{ n: 2000 }]);
  });
});

describe('pages that look alike', () => {
  it('of an index whose root is gone never become rows of a table without rowids', async () => {
    make(
      `CREATE TABLE words(word TEXT, n INT, length INT AS (length(word)) STORED, PRIMARY KEY(word, n)) WITHOUT ROWID;
       CREATE TABLE tally(word TEXT, value, PRIMARY KEY(word)) WITHOUT ROWID;
       CREATE TABLE texts(id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX by_text ON texts(text);`,
      (db) => {
        const insert = db.prepare('INSERT INTO texts(text) VALUES (?)');
        for (let row = 0; row < 900; row += 1) insert.run(`text ${row} ${'.'.repeat(20)}`);
        db.exec("INSERT INTO words(word, n) VALUES ('a', 1); INSERT INTO tally VALUES ('b', 2)");
      },
    );
    for (const name of ['by_text', 'words', 'tally']) zero(pagesOf(name)[0] as number);
    const report = await run();
    expect(report.tables.map(({ table, certain }) => [table, certain])).toEqual([
      ['words', 0],
      ['tally', 0],
      ['texts', 900],
    ]);
  });

  it('are not given to tables by root pages that a VACUUM has moved since they were learned', async () => {
    const months = ['jan', 'feb', 'mar', 'apr'];
    make(months.map((month) => `CREATE TABLE ${month}(id INTEGER PRIMARY KEY, what TEXT);`).join(''), (db) => {
      for (const month of months)
        for (let row = 0; row < 20; row += 1)
          db.prepare(`INSERT INTO ${month}(what) VALUES (?)`).run(`${month} ${row}`);
    });
    const sources = { learned: learned() };
    change('DROP TABLE jan; VACUUM');
    zero(1);
    const report = await run({ sources });
    expect(report.tables.map(({ table, certain }) => [table, certain])).toEqual(months.map((month) => [month, 0]));
    expect(report.tables.reduce((sum, { doubtful }) => sum + doubtful, 0)).toBe(60);
  });

  it('are told apart by what they hold when one took the place of a root', async () => {
    make(
      'CREATE TABLE texts(id INTEGER PRIMARY KEY, text TEXT); CREATE TABLE files(id INTEGER PRIMARY KEY, content BLOB);',
      (db) => {
        for (let row = 0; row < 300; row += 1) {
          db.prepare('INSERT INTO texts(text) VALUES (?)').run(`text ${row}`);
          db.prepare('INSERT INTO files(content) VALUES (?)').run(Buffer.alloc(100, row));
        }
      },
    );
    const [root] = pagesOf('texts') as [number];
    const leaf = pagesOf('files').at(-1) as number;
    damage((bytes) => bytes.copy(bytes, (root - 1) * 4096, (leaf - 1) * 4096, leaf * 4096));
    const report = await run();
    expect(report.tables.map(({ table, certain }) => [table, certain])).toEqual([
      ['texts', 0],
      ['files', 300],
    ]);
    expect(report.tables[0]?.reasons['duplicate-key']).toBeGreaterThan(0);
  });

  it('in two indexes of the same columns are no copies of one another', async () => {
    make('CREATE TABLE users(id INTEGER PRIMARY KEY, mail TEXT UNIQUE); CREATE INDEX by_mail ON users(mail);', (db) => {
      const insert = db.prepare('INSERT INTO users(mail) VALUES (?)');
      for (let row = 0; row < 400; row += 1) insert.run(`user ${row}`);
    });
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: 400, confirmed: 400, missing: { fromIndexes: 0 } });
  });

  it('in tables of one key under two spellings both go aside', async () => {
    make(
      `CREATE TABLE users(team INT, name TEXT, mail TEXT, PRIMARY KEY(team, name)) WITHOUT ROWID;
       CREATE INDEX by_mail ON users(mail COLLATE NOCASE);
       INSERT INTO users VALUES (1, 'a', 'one@x'), (1, 'b', 'ONE@X'), (2, 'a', 'two@x');`,
    );
    // As if the rows had been there before the index forbade them.
    change(
      "UPDATE sqlite_schema SET sql = 'CREATE UNIQUE INDEX by_mail ON users(mail COLLATE NOCASE)' WHERE name = 'by_mail'",
    );
    const report = await run();
    expect(report.tables[0]).toMatchObject({ certain: 1, doubtful: 2, reasons: { constraint: 2 } });
    expect(report.notes).toEqual([]);
  });
});

describe('rows that were written before a column was added', () => {
  it('show its default, also where they are put aside', async () => {
    make("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'whole'), (2, 'broken')");
    change(
      'ALTER TABLE t ADD COLUMN b REAL DEFAULT 1e3; ALTER TABLE t ADD COLUMN c TEXT DEFAULT "word"; ALTER TABLE t ADD COLUMN d DEFAULT 0x10',
    );
    garble('broken');
    await run();
    expect(ask('SELECT b, c, d FROM t UNION ALL SELECT b, c, d FROM hakgal_doubtful_t')).toEqual([
      { b: 1000, c: 'word', d: 16 },
      { b: 1000, c: 'word', d: 16 },
    ]);
  });
});

describe('a virtual table', () => {
  it('of places is filled anew from the nodes that are left, and its old tables are kept', async () => {
    make('CREATE VIRTUAL TABLE places USING rtree(id, x0, x1, +name)', (db) => {
      const insert = db.prepare('INSERT INTO places VALUES (?, ?, ?, ?)');
      for (let row = 1; row <= 500; row += 1) insert.run(row, row, row + 0.5, `place ${row}`);
    });
    change('DELETE FROM places_node WHERE nodeno = 3');
    const report = await run();
    expect(report.notes).toMatchObject([{ kind: 'virtual-table-made-anew' }]);
    const [{ rows, right }] = ask<[{ rows: number; right: number }]>(
      `SELECT count(*) AS rows, sum(x0 = id AND x1 = id + 0.5 AND name = 'place ' || id) AS right FROM places`,
    );
    expect(rows).toBe(right);
    expect(rows).toBeGreaterThan(400);
    expect(rows).toBeLessThan(500);
    expect(tables()).toContain('hakgal_kept_places_node');
    expect(ask('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('without content of its own that no longer agrees is made anew, empty', async () => {
    make("CREATE VIRTUAL TABLE seen USING fts5(text, content=''); INSERT INTO seen VALUES ('some words')");
    change('UPDATE seen_data SET block = zeroblob(9) WHERE id > 10');
    const report = await run();
    expect(report.notes).toMatchObject([{ kind: 'virtual-table-made-anew', values: { name: 'seen', rows: 0 } }]);
    expect(ask('SELECT count(*) AS n FROM seen')).toEqual([{ n: 0 }]);
  });
});
