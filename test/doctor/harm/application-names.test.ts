/** What only an application has is no damage, and no repair loses it. */

import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { makeBackup } from '../../../src-main/doctor/backups/make-backup.ts';
import { contextIn } from '../support/flow-for-test.ts';
import { fillNotes, harmDesk } from './harm-desk.ts';

const desk = harmDesk();
const size = 1024;

/** The application's collation is made with one that SQLite has, and called by a name that it has not. */
const asApplication = (): void =>
  desk.rewriteSchema("UPDATE sqlite_schema SET sql = replace(sql, 'NOCASE', 'unicase') WHERE sql IS NOT NULL");
const asSqlite = (): void =>
  desk.rewriteSchema("UPDATE sqlite_schema SET sql = replace(sql, 'unicase', 'NOCASE') WHERE sql IS NOT NULL");
const integrity = (): string =>
  desk.ask<{ integrity_check: string }>('PRAGMA integrity_check')[0]?.integrity_check ?? '';
const spoilLeaf = (name: string, which: number): void => {
  const page = desk.leavesOf(name)[which] as number;
  desk.damage((bytes) => bytes.fill(0, (page - 1) * size, page * size));
};
const facts = async (): Promise<readonly string[]> => {
  const { verdict, findings, checks } = await desk.examine();
  expect(checks.filter(({ state }) => state === 'unknown')).toEqual([]);
  expect(findings.filter(({ severity }) => severity === 'critical')).toEqual([]);
  expect(verdict).toBe('healthy');
  return findings.filter(({ check }) => check === 'application-names').map(({ message }) => message);
};

function makeCards(db: Database.Database): void {
  db.exec(`CREATE TABLE notes(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, n INT);
    CREATE INDEX notes_name ON notes(name);
    CREATE TABLE tags(tag TEXT NOT NULL PRIMARY KEY COLLATE NOCASE, usn INT, note TEXT) WITHOUT ROWID;
    CREATE INDEX tags_usn ON tags(usn);
    CREATE TABLE decks(id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE)`);
  const [note, tag, deck] = [
    db.prepare('INSERT INTO notes VALUES (?, ?, ?)'),
    db.prepare('INSERT INTO tags VALUES (?, ?, ?)'),
    db.prepare('INSERT INTO decks VALUES (?, ?)'),
  ];
  for (let id = 1; id <= 900; id += 1) {
    const letters = [...'aBcDeFgH'].map((_, at) => 'aBcDeFgH'[(id * 7 + at * id) % 8]).join('');
    const name = `${id % 2 === 0 ? letters.toUpperCase() : letters}-${(id * 7919) % 1000}${id % 90 === 0 ? 'Long'.repeat(600) : ''}`;
    note.run(id, name, id % 97);
    tag.run(`${name}-${id}`, id, letters);
    deck.run(id, `${letters}${id}`);
  }
}

describe('a whole database is healthy, and what it needs is said', () => {
  it('where an index and a CHECK call a function', async () => {
    desk.make((db) => {
      db.function('title_sort', { deterministic: true }, (text) => String(text).toLowerCase());
      db.exec(`CREATE TABLE books(id INTEGER PRIMARY KEY, title TEXT, isbn TEXT CHECK (title_sort(isbn) <> ''));
        CREATE INDEX books_title ON books(title_sort(title))`);
      fillNotes(db, 'books', 1, 300);
    });
    expect(await facts()).toEqual(['The schema uses the function title_sort, which only its application has.']);
    expect((await desk.repair()).done).toEqual([]);
  });

  it('where a collation orders columns, keys and tables without rowids', async () => {
    desk.make(makeCards, size);
    asApplication();
    expect(await facts()).toEqual(['The schema uses the collation unicase, which only its application has.']);
    const before = desk.schema();
    expect((await desk.repair()).done).toEqual([]);
    expect(desk.schema()).toEqual(before);
  });

  it('where a full-text table has a tokenizer of its own, and a virtual table a module of its own', async () => {
    desk.make((db) => {
      db.exec(`CREATE TABLE items(id INTEGER PRIMARY KEY, name TEXT, n INT);
        CREATE VIRTUAL TABLE items_fts USING fts4(content='items', name);
        CREATE TRIGGER items_ai AFTER INSERT ON items BEGIN
          INSERT INTO items_fts(docid, name) VALUES (new.id, new.name); END`);
      fillNotes(db, 'items', 1, 300);
    });
    desk.rewriteSchema(
      "UPDATE sqlite_schema SET sql = replace(sql, ', name)', ', name, tokenize=collating)') WHERE name = 'items_fts'",
      "INSERT INTO sqlite_schema VALUES ('table', 'spell', 'spell', 0, 'CREATE VIRTUAL TABLE spell USING spellfix1')",
    );
    expect(await facts()).toEqual([
      'The schema uses the tokenizer collating, which only its application has.',
      'The schema uses the module spellfix1, which only its application has.',
    ]);
  });

  it('where only views, triggers and generated columns call functions', async () => {
    desk.make((db) => {
      db.function('slug', { deterministic: true }, (text) => String(text).slice(0, 3));
      db.exec(`CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, n INT,
          slug TEXT GENERATED ALWAYS AS (slug(name)) STORED, short TEXT AS (slug(name)));
        CREATE VIEW v AS SELECT slug(name) AS s FROM t;
        CREATE TRIGGER tr AFTER DELETE ON t BEGIN SELECT slug(old.name); END`);
      const insert = db.prepare('INSERT INTO t(id, name, n) VALUES (?, ?, ?)');
      for (let id = 1; id <= 200; id += 1) insert.run(id, `name ${id}`, id);
    });
    expect(await facts()).toEqual(['The schema uses the function slug, which only its application has.']);
  });

  it('and can be backed up and compacted, its order untouched', async () => {
    desk.make(makeCards, size);
    desk.change((db) => db.exec('CREATE TABLE junk(x); INSERT INTO junk SELECT hex(randomblob(4000)) FROM notes'));
    desk.change((db) => db.exec('DROP TABLE junk'));
    asApplication();
    const schema = desk.schema();
    const context = contextIn(dirname(desk.file));
    expect(await makeBackup(desk.file, 3, context)).toMatchObject({ ok: true });
    const report = await desk.repair({ chosen: ['compact'] });
    expect(report.done.map(({ id }) => id)).toEqual(['compact']);
    expect(desk.schema().sort()).toEqual(schema.sort());
    asSqlite();
    expect(integrity()).toBe('ok');
  });
});

describe('a damaged one is found damaged, and salvage keeps every object', () => {
  const repaired = async (): Promise<void> => {
    const schema = desk.schema().sort();
    expect((await desk.examine()).verdict).toBe('damaged');
    await desk.repair();
    expect(desk.schema().sort()).toEqual(schema);
    expect((await desk.examine()).verdict).toBe('healthy');
  };

  it.each(['', 'auto_vacuum = FULL; VACUUM'])('with a page of a table gone (%s)', async (pragma) => {
    desk.make(makeCards, size);
    if (pragma !== '') {
      desk.change(() => {});
      desk.pragma(pragma);
    }
    asApplication();
    spoilLeaf('notes', 3);
    await repaired();
    asSqlite();
    expect(integrity()).toBe('ok');
    expect(desk.ask('SELECT 1 FROM tags')).toHaveLength(900);
    expect(desk.ask('SELECT 1 FROM decks')).toHaveLength(900);
    expect(desk.ask('SELECT 1 FROM notes').length).toBeGreaterThan(850);
  });

  it('with a page of a table without rowids gone', async () => {
    desk.make(makeCards, size);
    asApplication();
    spoilLeaf('tags', 4);
    await repaired();
    asSqlite();
    expect(integrity()).toBe('ok');
    expect(desk.ask('SELECT 1 FROM tags').length).toBeGreaterThan(850);
    expect(desk.ask('SELECT 1 FROM notes')).toHaveLength(900);
  });

  it('with only the list of free pages wrong, and a CHECK that calls a function', async () => {
    desk.make((db) => {
      db.function('valid_isbn', { deterministic: true }, (isbn) => (isbn === null ? 0 : 1));
      db.exec(`CREATE TABLE books(id INTEGER PRIMARY KEY, title TEXT, isbn TEXT CHECK (valid_isbn(isbn)));
        CREATE TABLE other(id INTEGER PRIMARY KEY, name TEXT, n INT)`);
      fillNotes(db, 'books', 1, 200);
      fillNotes(db, 'other', 1, 50);
    });
    desk.damage((bytes) => bytes.writeUInt32BE(3, 36));
    await repaired();
    expect(desk.ask('SELECT 1 FROM books')).toHaveLength(200);
    expect(desk.ask('SELECT 1 FROM other')).toHaveLength(50);
  });

  it('with a page of an index gone that only the application can build: the index is named with its text', async () => {
    desk.make(makeCards, size);
    asApplication();
    spoilLeaf('notes_name', 2);
    const report = await desk.repair();
    expect(report.notes.filter(({ kind }) => kind === 'index-left-out').map(({ values }) => values)).toEqual([
      { name: 'notes_name' },
    ]);
    expect(desk.ask('SELECT 1 FROM notes')).toHaveLength(900);
  });

  it('with an entry of the schema there twice, in which a table has a text in double quotes', async () => {
    desk.make((db) => {
      makeCards(db);
      db.exec(
        "CREATE TABLE x(id INTEGER PRIMARY KEY, name TEXT CHECK (name <> 'none'), n INT); CREATE INDEX xn ON x(n)",
      );
      fillNotes(db, 'x', 1, 20);
    });
    asApplication();
    desk.rewriteSchema(
      `UPDATE sqlite_schema SET sql = replace(sql, '''none''', '"none"') WHERE name = 'x'`,
      "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'xn'",
    );
    await desk.repair();
    expect(desk.schema().find((sql) => sql.includes('"none"'))).toBeDefined();
    expect(desk.ask('SELECT 1 FROM x')).toHaveLength(20);
    asSqlite();
    expect(integrity()).toBe('ok');
    expect(desk.ask('SELECT 1 FROM tags')).toHaveLength(900);
  });
});
