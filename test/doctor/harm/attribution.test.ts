/** Rows go to the table that the schema says is theirs, or to none: never to another one of the same width. */
import { describe, expect, it } from 'vitest';
import { fillNotes, harmDesk } from './harm-desk.ts';

const desk = harmDesk();
const size = 4096;
const count = (table: string): number => desk.ask(`SELECT 1 FROM "${table}"`).length;
const names = (): string[] => desk.ask<{ name: string }>('SELECT name FROM sqlite_schema').map(({ name }) => name);

function make(): void {
  desk.make((db) => {
    db.exec('CREATE TABLE a(id INTEGER PRIMARY KEY, name TEXT, n INT); CREATE TABLE b(x, y, z)');
    fillNotes(db, 'a', 1, 60);
    fillNotes(db, 'b', 1, 40);
  });
}

describe.each([false, true])('a table whose CREATE text is cut (doubtful rows mixed in: %s)', (includeDoubtful) => {
  it('keeps its rows under its name and made-up columns', async () => {
    make();
    desk.rewriteSchema("UPDATE sqlite_schema SET sql = 'CREATE TABLE a(id int' WHERE name = 'a'");
    await desk.repair({ includeDoubtful });
    expect([count('a'), count('b')]).toEqual([60, 40]);
  });

  it('keeps them from the others, even where its root is not known', async () => {
    make();
    desk.rewriteSchema("UPDATE sqlite_schema SET sql = 'CREATE TABLE a(id int', rootpage = 0 WHERE name = 'a'");
    await desk.repair({ includeDoubtful });
    expect(count('b')).toBe(40);
    expect(names().filter((name) => name.startsWith('table_') || name === 'hakgal_lost_and_found')).toHaveLength(1);
  });

  it('keeps them from the others, where its text is no CREATE TABLE at all', async () => {
    make();
    desk.rewriteSchema("UPDATE sqlite_schema SET sql = 'CREATE TABEL a(id, name, n)' WHERE name = 'a'");
    await desk.repair({ includeDoubtful });
    expect([count('a'), count('b')]).toEqual([60, 40]);
  });
});

describe('a first page that can be followed no more still tells the schema', () => {
  const spoil = (change: (page: Buffer) => void): void => desk.damage((bytes) => change(bytes.subarray(0, size)));
  const isBack = async (): Promise<void> => {
    await desk.repair();
    expect([count('a'), count('b')]).toEqual([60, 40]);
    expect(desk.schema()).toEqual([
      'CREATE TABLE a(id INTEGER PRIMARY KEY, name TEXT, n INT)',
      'CREATE TABLE b(x, y, z)',
    ]);
  };

  it('where its pointers to cells are gone', async () => {
    make();
    spoil((page) => page.fill(0, 108, 112));
    await isBack();
  });

  it('where the head of its tree is gone', async () => {
    make();
    spoil((page) => page.fill(0xff, 100, 112));
    await isBack();
  });

  it('where everything up to the pointers is gone, the header too', async () => {
    make();
    spoil((page) => page.fill(0, 0, 112));
    await isBack();
  });
});
