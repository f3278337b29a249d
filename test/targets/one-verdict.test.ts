/** Whoever watches a database and whoever examines it come to one verdict. */
import { randomBytes, randomFillSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { lookInto } from '../../src-main/targets/sqlite/look-into.ts';
import { probeSqlite } from '../../src-main/targets/sqlite/probe-sqlite.ts';
import { contextIn, look } from '../doctor/support/flow-for-test.ts';
import { temporaryFolder } from '../support/temporary.ts';

const make =
  'CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, v INT CHECK (v > 0)); CREATE INDEX tn ON t (name)';
const rows = Array.from({ length: 900 }, (_, row) => `(${row + 1}, 'name ${row} ${'x'.repeat(row % 50)}', 1)`).join();

const databases: Readonly<
  Record<string, readonly [texts: readonly string[], verdict: string, change?: (bytes: Buffer) => void]>
> = {
  'a whole one': [[make, `INSERT INTO t VALUES ${rows}`], 'healthy'],
  'one with a value that its CHECK forbids': [
    [make, "PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, 'a', -1)"],
    'healthy',
  ],
  'one with NULL where none may be': [
    [
      'CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, v INT); CREATE INDEX tn ON t (name)',
      'INSERT INTO t VALUES (1, NULL, 1)',
      `UPDATE sqlite_schema SET sql = 'CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, v INT)' WHERE name = 't'`,
    ],
    'healthy',
  ],
  'one with pages that belong to nothing': [
    [make, 'CREATE TABLE other (a); INSERT INTO other VALUES (1)', "DELETE FROM sqlite_schema WHERE name = 'other'"],
    'healthy',
  ],
  'one with a page of zeros': [
    [make, `INSERT INTO t VALUES ${rows}`],
    'damaged',
    (bytes) => bytes.fill(0, 4096 * 4, 4096 * 5),
  ],
};

describe.each(Object.entries(databases))('%s', (_, [texts, verdict, change]) => {
  it(`is ${verdict} to both`, async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    for (const text of texts) {
      const database = new Database(file);
      database.unsafeMode(true);
      database.pragma('writable_schema = ON');
      database.exec(text);
      database.close();
    }
    if (change !== undefined) {
      const bytes = readFileSync(file);
      change(bytes);
      writeFileSync(file, bytes);
    }
    expect((await look(contextIn(folder), file)).verdict).toBe(verdict);
    const database = new Database(file, { readonly: true });
    const question = {
      path: file,
      timeoutMs: 1_000,
      tables: [],
      expected: [],
      mayRunForeignSql: false,
      quickCheckWithin: 10,
    };
    const seen = lookInto(database, question, { mayTakeLong: true, fileBytes: 100_000 });
    database.close();
    expect(seen.quickCheck?.verdict).toBe(verdict === 'healthy' ? 'ok' : 'damaged');
  });
});

/** What the watcher says before it opens a file. */
const atFirstSight: Readonly<
  Record<string, readonly [kind: string, verdict: string, change: (bytes: Buffer) => Buffer]>
> = {
  'without its name': ['damaged', 'damaged', (bytes) => bytes.fill(0, 0, 16)],
  'with noise in place of its header': [
    'damaged',
    'damaged',
    (bytes) => Buffer.concat([randomBytes(100), bytes.subarray(100)]),
  ],
  'with its first page destroyed': ['damaged', 'damaged', (bytes) => bytes.fill(0x5a, 0, 4096)],
  'with a page size that there is not': ['damaged', 'damaged', (bytes) => bytes.fill(0x33, 16, 18)],
  'that is all noise': ['encrypted', 'encrypted', (bytes) => randomFillSync(bytes)],
  'that is a text': ['not-sqlite', 'not-a-database', () => Buffer.from('no database at all\n'.repeat(5_000))],
};

describe.each(Object.entries(atFirstSight))('one %s', (_, [kind, verdict, change]) => {
  it(`is ${verdict} to both`, async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    const database = new Database(file);
    database.exec(`${make}; INSERT INTO t VALUES ${rows}`);
    database.close();
    writeFileSync(file, change(readFileSync(file)));
    expect((await look(contextIn(folder), file)).verdict).toBe(verdict);
    expect(
      probeSqlite({
        path: file,
        tables: [],
        expected: [],
        mayRunForeignSql: false,
        quickCheckWithin: 10,
      }),
    ).toMatchObject({ state: 'trouble', kind });
  });
});
