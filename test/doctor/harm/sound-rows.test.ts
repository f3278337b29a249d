/** Rows on sound pages stay in their table, whatever is wrong beside them. */
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { fillNotes, harmDesk } from './harm-desk.ts';

const desk = harmDesk();
const size = 4096;

const notes = (table = 't') => `CREATE TABLE ${table}(id INTEGER PRIMARY KEY, name TEXT, n INT)`;
const certainOf = async (table: string): Promise<number> => {
  await desk.repair();
  return desk.ask(`SELECT 1 FROM ${table}`).length;
};

/** The index misses what happens meanwhile, as one does whose application was linked with another SQLite. */
function whileUnindexed(index: string, change: (db: Database.Database) => void): void {
  const [row] = desk.ask<{ type: string; tbl_name: string; rootpage: number; sql: string }>(
    `SELECT * FROM sqlite_schema WHERE name = '${index}'`,
  );
  if (row === undefined) throw new Error(`there is no index ${index}`);
  desk.rewriteSchema(`DELETE FROM sqlite_schema WHERE name = '${index}'`);
  desk.change(change);
  desk.rewriteSchema(
    `INSERT INTO sqlite_schema VALUES ('index', '${index}', '${row.tbl_name}', ${row.rootpage}, '${row.sql}')`,
  );
}

describe('a page whose accounts of its free room are wrong keeps its rows', () => {
  const make = (indexSql = ''): number => {
    desk.make((db) => {
      db.exec(notes());
      if (indexSql !== '') db.exec(indexSql);
      fillNotes(db, 't', 1, 2000);
    });
    // Rows deleted in the middle leave free blocks.
    desk.change((db) => db.exec('DELETE FROM t WHERE id % 17 = 3'));
    return desk.leavesOf('t')[5] as number;
  };
  const rows = 2000 - 118;
  const spoil = (page: number, change: (page: Buffer) => void): void =>
    desk.damage((bytes) => change(bytes.subarray((page - 1) * size, page * size)));

  it('where the count of fragmented bytes is wrong and an index confirms the rows', async () => {
    spoil(make('CREATE INDEX tn ON t(name, n)'), (page) => page.writeUInt8(((page[7] as number) + 9) % 60, 7));
    expect(await certainOf('t')).toBe(rows);
  });

  it('where that count is impossible and no index says anything', async () => {
    spoil(make(), (page) => page.writeUInt8(255, 7));
    expect(await certainOf('t')).toBe(rows);
  });

  it('where the first free block is named wrongly', async () => {
    spoil(make(), (page) => page.writeUInt16BE(9, 1));
    expect(await certainOf('t')).toBe(rows);
  });

  it('where no free block is named though there are some', async () => {
    spoil(make(), (page) => page.writeUInt16BE(0, 1));
    expect(await certainOf('t')).toBe(rows);
  });

  it('where the free blocks themselves were overwritten', async () => {
    spoil(make(), (page) => {
      for (let at = page.readUInt16BE(1); at !== 0; ) {
        const next = page.readUInt16BE(at);
        page.fill(0xa5, at, at + page.readUInt16BE(at + 2));
        at = next;
      }
    });
    expect(await certainOf('t')).toBe(rows);
  });

  it('where the start of the cells is named wrongly', async () => {
    spoil(make(), (page) => page.writeUInt16BE(page.readUInt16BE(5) + 40, 5));
    expect(await certainOf('t')).toBe(rows);
  });

  it('where the count of cells is too small, too large, or larger than any page could hold', async () => {
    for (const wrong of [(count: number) => count - 3, (count: number) => count + 2, () => 0xffff]) {
      const page = make();
      spoil(page, (bytes) => bytes.writeUInt16BE(wrong(bytes.readUInt16BE(3)), 3));
      await desk.repair();
      expect(desk.ask('SELECT 1 FROM t')).toHaveLength(rows);
      desk.change((db) => db.exec('DROP TABLE t'));
    }
  });
});

describe('an index that is no longer right condemns no row', () => {
  it('where it still names one that was deleted', async () => {
    desk.make((db) => {
      db.exec(`${notes()}; CREATE INDEX tn ON t(name)`);
      fillNotes(db, 't', 1, 2000);
    });
    whileUnindexed('tn', (db) => db.exec('DELETE FROM t WHERE id = 1000'));
    expect(await certainOf('t')).toBe(1999);
  });

  it('where it names many that were deleted, on one page and on several', async () => {
    desk.make((db) => {
      db.exec(`${notes()}; CREATE INDEX tn ON t(name)`);
      fillNotes(db, 't', 1, 2000);
    });
    whileUnindexed('tn', (db) => db.exec('DELETE FROM t WHERE id BETWEEN 1000 AND 1011 OR id % 400 = 7 OR id > 1995'));
    expect(await certainOf('t')).toBe(2000 - 12 - 5 - 5);
  });

  it('where it lacks the rows that came last', async () => {
    desk.make((db) => {
      db.exec(`${notes()}; CREATE INDEX tn ON t(name)`);
      fillNotes(db, 't', 1, 500);
    });
    whileUnindexed('tn', (db) => fillNotes(db, 't', 501, 540));
    expect(await certainOf('t')).toBe(540);
  });

  it('where it is on the rowid of a small table, lacks one row and names another', async () => {
    desk.make((db) => {
      db.exec('CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, n INT)');
      db.exec('CREATE UNIQUE INDEX uix_users_id ON users(id)');
      fillNotes(db, 'users', 1, 50);
    });
    whileUnindexed('uix_users_id', (db) => {
      db.exec("INSERT INTO users VALUES (51, 'new', 1)");
      db.exec('DELETE FROM users WHERE id = 7');
    });
    expect(await certainOf('users')).toBe(50);
  });

  it('where another index knows the rows as they are', async () => {
    desk.make((db) => {
      db.exec(`${notes()}; CREATE INDEX tn ON t(name); CREATE INDEX tk ON t(n, name)`);
      fillNotes(db, 't', 1, 800);
    });
    whileUnindexed('tn', (db) => {
      db.exec('DELETE FROM t WHERE id IN (90, 100, 101)');
      fillNotes(db, 't', 100, 101);
    });
    expect(await certainOf('t')).toBe(799);
  });
});

it('keeps of rows that claim one key the one that the unique index let in', async () => {
  desk.make((db) => {
    db.exec('CREATE TABLE settings(key TEXT NOT NULL UNIQUE, value)');
    for (let id = 0; id < 20; id += 1) db.prepare('INSERT INTO settings VALUES (?, ?)').run(`setting ${id}`, id);
  });
  const root = desk.rootOf('sqlite_autoindex_settings_1');
  desk.rewriteSchema(
    "DELETE FROM sqlite_schema WHERE name LIKE 'sqlite_auto%'",
    "UPDATE sqlite_schema SET sql = replace(sql, ' UNIQUE', '') WHERE name = 'settings'",
  );
  desk.change((db) => {
    for (let id = 0; id < 20; id += 1) db.prepare('INSERT INTO settings VALUES (?, ?)').run(`setting ${id}`, id + 1000);
  });
  desk.rewriteSchema(
    "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'NOT NULL UNIQUE') WHERE name = 'settings'",
    `INSERT INTO sqlite_schema VALUES ('index', 'sqlite_autoindex_settings_1', 'settings', ${root}, NULL)`,
  );
  const report = await desk.repair();
  expect(desk.ask<{ value: number }>('SELECT value FROM settings').map(({ value }) => value)).toEqual(
    Array.from({ length: 20 }, (_, id) => id),
  );
  expect(report.loss[0]).toMatchObject({ certain: 20, doubtful: 20, reasons: { constraint: 20 } });
});
