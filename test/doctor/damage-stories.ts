/** One story for each thing that can be wrong: how it comes about, what is found, what repairs it. */

import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  linkSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import Database from 'better-sqlite3';
import { hakgalProfile } from '../../src-main/contract/profile.ts';
import type { Expected } from '../../src-main/doctor/examine/expected.ts';
import {
  factCount,
  leaveJournal,
  leaveLog,
  leaveSharedJournal,
  makeKnowledgeBase,
  overwrite,
  rootPageOf,
} from './make-database.ts';

export interface DamageStory {
  readonly name: string;
  readonly hurt: (path: string) => void;
  readonly expected?: Expected;
  /** Kinds that must be found; others may be. */
  readonly finds: readonly string[];
  readonly verdict: string;
  /** Repairs that the user puts in, beside what the plan chooses. */
  readonly alsoChosen?: readonly string[];
  /** Repairs that must have run; null: there is none, and the failure's kind. */
  readonly runs: readonly string[] | { readonly fails: string };
  /** What the report has to say beside what was done. */
  readonly notes?: RegExp;
  /** What SQLite's own check goes on to say, because it is the application's to decide. */
  readonly leaves?: string;
  /** Rows of `facts` afterwards; at least, where salvage may lose some. */
  readonly facts?: number;
  readonly factsAtLeast?: number;
}

const hakgal: Expected = { profile: hakgalProfile, baseline: null };
const pageSize = 4096;

function sql(path: string, text: string): void {
  const database = new Database(path);
  database.pragma('foreign_keys = OFF');
  database.exec(text);
  database.close();
}

function unsafeSql(path: string, texts: readonly string[]): void {
  for (const text of texts) {
    const database = new Database(path);
    database.unsafeMode(true);
    database.pragma('writable_schema = ON');
    database.exec(text);
    database.close();
  }
}

/** Takes the index out of the schema, changes the table behind its back, and puts it in again. */
function divert(path: string, index: string, change: string): void {
  const root = rootPageOf(path, index);
  const database = new Database(path, { readonly: true });
  const row = database.prepare('SELECT tbl_name, sql FROM sqlite_schema WHERE name = ?').get(index) as {
    tbl_name: string;
    sql: string;
  };
  database.close();
  unsafeSql(path, [
    `DELETE FROM sqlite_schema WHERE name = '${index}'`,
    change,
    `INSERT INTO sqlite_schema VALUES ('index', '${index}', '${row.tbl_name}', ${root}, '${row.sql.replaceAll("'", "''")}')`,
  ]);
}

const page = (path: string, number: number, bytes: Uint8Array): void => overwrite(path, (number - 1) * pageSize, bytes);

/** Changes the database, then puts the pages of one table back as they were, as writes do that never reached the disk. */
function changeButKeepPages(path: string, table: string, change: string): void {
  const before = readFileSync(path);
  const database = new Database(path);
  const pages = database.prepare('SELECT pageno FROM dbstat WHERE name = ?').pluck().all(table) as number[];
  database.exec(change);
  database.close();
  for (const number of pages) page(path, number, before.subarray((number - 1) * pageSize, number * pageSize));
}

/** Some leaf in the middle of the table. */
function leafOf(path: string, name: string): number {
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 3`)
      .pluck()
      .get(name) as number;
  } finally {
    database.close();
  }
}

export const damageStories: readonly DamageStory[] = [
  { name: 'nothing at all', hurt: () => {}, finds: [], verdict: 'healthy', runs: [], facts: factCount },
  {
    name: 'a byte of its name lost',
    hurt: (path) => {
      const bytes = readFileSync(path);
      writeFileSync(path, Buffer.concat([bytes.subarray(0, 15), bytes.subarray(16)]));
    },
    finds: ['file-bytes-lost'],
    verdict: 'damaged',
    runs: ['undo-transformation'],
    facts: factCount,
  },
  {
    name: 'a row that violates a CHECK',
    hurt: (path) =>
      sql(path, 'PRAGMA ignore_check_constraints = ON; CREATE TABLE c (v CHECK (v > 0)); INSERT INTO c VALUES (-1)'),
    finds: ['constraint-violated'],
    verdict: 'healthy',
    runs: [],
    leaves: 'CHECK constraint failed in c',
    facts: factCount,
  },
  {
    name: 'a trigger that names a table which is gone',
    hurt: (path) => {
      sql(path, 'CREATE TABLE gone (a); CREATE TRIGGER x AFTER INSERT ON facts BEGIN DELETE FROM gone; END');
      sql(path, 'PRAGMA legacy_alter_table = ON; DROP TABLE gone');
    },
    finds: ['trigger-broken'],
    verdict: 'healthy',
    runs: [],
    facts: factCount,
  },
  {
    name: 'a sequence behind its rows',
    hurt: (path) =>
      sql(
        path,
        'CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO a VALUES (9); UPDATE sqlite_sequence SET seq = 2',
      ),
    finds: ['sequence-behind'],
    verdict: 'healthy',
    alsoChosen: ['set-sequences'],
    runs: ['set-sequences'],
    facts: factCount,
  },
  {
    name: 'a missing table',
    hurt: (path) => sql(path, 'DROP TABLE audit_log'),
    expected: hakgal,
    finds: ['missing-table'],
    verdict: 'damaged',
    runs: ['create-missing-tables'],
    facts: factCount,
  },
  {
    name: 'missing columns',
    hurt: (path) => sql(path, 'ALTER TABLE audit_log DROP COLUMN session_id; ALTER TABLE facts DROP COLUMN confidence'),
    expected: hakgal,
    finds: ['missing-column'],
    verdict: 'damaged',
    runs: ['add-missing-columns'],
    facts: factCount,
  },
  {
    name: 'an index that was there before',
    hurt: (path) => sql(path, 'DROP INDEX facts_by_source'),
    expected: {
      profile: null,
      baseline: {
        file: '',
        at: 0,
        fingerprint: '',
        tables: [{ name: 'facts', columns: ['id', 'statement'] }],
        statements: [
          { type: 'table', name: 'facts', table: 'facts', sql: 'CREATE TABLE facts (id)' },
          {
            type: 'index',
            name: 'facts_by_source',
            table: 'facts',
            sql: 'CREATE INDEX facts_by_source ON facts (source)',
          },
        ],
      },
    },
    finds: ['missing-index'],
    verdict: 'healthy',
    alsoChosen: ['create-missing-objects'],
    runs: ['create-missing-objects'],
    facts: factCount,
  },
  {
    name: 'a hot journal',
    hurt: (path) => leaveJournal(path, "UPDATE facts SET statement = statement || 'half'"),
    finds: ['hot-journal'],
    verdict: 'damaged',
    runs: ['roll-back-journal'],
    facts: factCount,
  },
  {
    name: 'the journal of a transaction over several files that was committed, and a page damaged since',
    hurt: (path) => {
      const leaf = leafOf(path, 'facts_by_statement');
      leaveSharedJournal(path, "UPDATE facts SET source = 'committed'");
      page(path, leaf, randomBytes(pageSize));
    },
    finds: ['index-damaged'],
    verdict: 'damaged',
    runs: ['rebuild-by-reading'],
    facts: factCount,
  },
  {
    name: 'a log that was left behind',
    hurt: (path) => leaveLog(path, "INSERT INTO facts (statement) VALUES ('late')"),
    finds: ['log-left-behind'],
    verdict: 'healthy',
    runs: ['checkpoint-log'],
    facts: factCount + 1,
  },
  {
    name: 'a log that has grown far beyond its database',
    hurt: (path) => {
      leaveLog(path, "INSERT INTO facts (statement) VALUES ('late')");
      // What is left when a long transaction was brought home, and the log begun anew: room that nobody gives back.
      truncateSync(`${path}-wal`, 72 * 1024 * 1024);
    },
    finds: ['log-oversized'],
    verdict: 'healthy',
    runs: ['checkpoint-log'],
    facts: factCount + 1,
  },
  {
    name: 'a torn log',
    hurt: (path) => {
      leaveLog(path, "INSERT INTO facts (statement) VALUES ('late'); UPDATE facts SET tags = 'x'");
      truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 3 * (pageSize + 24));
    },
    finds: ['log-torn'],
    verdict: 'healthy',
    runs: ['checkpoint-log'],
    facts: factCount + 1,
  },
  {
    name: 'a log with a damaged frame before whole ones',
    hurt: (path) => {
      leaveLog(path, "INSERT INTO facts (statement) VALUES ('late')");
      overwrite(`${path}-wal`, 32 + 16, Buffer.alloc(8));
    },
    finds: ['log-broken'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    factsAtLeast: factCount - 200,
  },
  {
    name: 'a log that can not be read',
    hurt: (path) => {
      leaveLog(path, "INSERT INTO facts (statement) VALUES ('late')");
      writeFileSync(`${path}-wal`, 'no log at all '.repeat(3_000));
    },
    finds: ['log-unreadable'],
    verdict: 'healthy',
    runs: ['checkpoint-log'],
    facts: factCount,
  },
  {
    name: 'the log of an earlier generation, which the user wants',
    hurt: (path) => {
      leaveLog(path, "INSERT INTO facts (statement) VALUES ('late')");
      const newer = makeKnowledgeBase(`${path}.newer`);
      writeFileSync(path, readFileSync(newer));
      rmSync(newer);
    },
    finds: ['log-generation-both'],
    verdict: 'damaged',
    alsoChosen: ['apply-log'],
    runs: ['apply-log'],
    facts: factCount + 1,
  },
  {
    name: 'the log of another database',
    hurt: (path) => {
      const other = `${path}.other`;
      sql(other, 'PRAGMA page_size = 1024; CREATE TABLE other (a)');
      leaveLog(other, 'INSERT INTO other VALUES (1)');
      writeFileSync(`${path}-wal`, new Uint8Array(0));
      rmSync(`${path}-wal`);
      linkSync(`${other}-wal`, `${path}-wal`);
    },
    finds: ['log-orphaned'],
    verdict: 'damaged',
    runs: ['checkpoint-log'],
    facts: factCount,
  },
  {
    name: 'a header without its name',
    hurt: (path) => overwrite(path, 0, Buffer.alloc(16)),
    finds: ['header-wrong'],
    verdict: 'damaged',
    runs: ['restore-header'],
    facts: factCount,
  },
  {
    name: 'wrong header fields',
    hurt: (path) => {
      overwrite(path, 16, Buffer.from([0x03, 0x07, 9, 9]));
      overwrite(path, 21, Buffer.from([1, 2, 3]));
      overwrite(path, 56, Buffer.from([0, 0, 0, 77]));
    },
    finds: ['header-wrong'],
    verdict: 'damaged',
    runs: ['restore-header'],
    facts: factCount,
  },
  {
    name: 'a header that names another page size',
    hurt: (path) => overwrite(path, 16, Buffer.from([0x20, 0x00])),
    finds: ['header-wrong'],
    verdict: 'damaged',
    runs: ['restore-header'],
    facts: factCount,
  },
  {
    name: 'an index that lacks a row which another index knows',
    hurt: (path) => divert(path, 'facts_by_source', "INSERT INTO facts (statement, source) VALUES ('unseen', 's9')"),
    finds: ['index-disagrees'],
    verdict: 'damaged',
    runs: ['rebuild-indexes'],
    facts: factCount + 1,
  },
  {
    name: 'a row that a partial index lacks: no other could tell more',
    hurt: (path) => {
      sql(path, 'CREATE TABLE k (name TEXT); CREATE INDEX k_name ON k (name) WHERE name > 1');
      divert(path, 'k_name', "INSERT INTO k VALUES ('unseen')");
    },
    finds: ['index-disagrees'],
    verdict: 'damaged',
    runs: ['rebuild-indexes'],
    notes: /^1 row had no entry in k_name \(row 1\)/,
    facts: factCount,
  },
  {
    name: 'a deleted row that an old page brought back',
    hurt: (path) => changeButKeepPages(path, 'facts', 'DELETE FROM facts WHERE id = 2000'),
    finds: ['rows-contradicted'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: factCount - 1,
  },
  {
    name: 'a row of a table without rowids as it was before',
    hurt: (path) => {
      sql(path, 'CREATE TABLE k (word TEXT PRIMARY KEY, times INT) WITHOUT ROWID; CREATE INDEX k_times ON k (times)');
      sql(path, "INSERT INTO k VALUES ('one', 1), ('two', 2)");
      changeButKeepPages(path, 'k', 'UPDATE k SET times = 3');
    },
    finds: ['rows-contradicted'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: factCount,
  },
  {
    name: 'new rows that an old page took away',
    hurt: (path) => {
      sql(path, 'CREATE TABLE k (name TEXT); CREATE INDEX k_name ON k (name)');
      sql(path, "INSERT INTO k VALUES ('one')");
      changeButKeepPages(path, 'k', "INSERT INTO k VALUES ('two'), ('three')");
    },
    finds: ['rows-missing'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: factCount,
  },
  {
    name: 'a destroyed index page',
    hurt: (path) => page(path, leafOf(path, 'facts_by_statement'), randomBytes(pageSize)),
    finds: ['index-damaged'],
    verdict: 'damaged',
    runs: ['rebuild-by-reading'],
    facts: factCount,
  },
  {
    name: 'a destroyed index page, and a value that another index still knows as it was',
    hurt: (path) => {
      divert(path, 'facts_by_source', "UPDATE facts SET source = 'altered' WHERE id = 77");
      page(path, leafOf(path, 'facts_by_statement'), randomBytes(pageSize));
    },
    finds: ['index-damaged', 'rows-contradicted'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: factCount - 1,
  },
  {
    name: 'a destroyed list of free pages',
    hurt: (path) => {
      sql(path, 'CREATE TABLE big AS SELECT * FROM facts; DROP TABLE big');
      overwrite(path, 32, Buffer.from([0, 1, 0, 0]));
    },
    finds: ['free-list-damaged'],
    verdict: 'damaged',
    runs: ['rebuild-by-reading'],
    facts: factCount,
  },
  {
    name: 'pages after the end',
    hurt: (path) => appendFileSync(path, Buffer.alloc(3 * pageSize, 7)),
    finds: ['tail-appended'],
    verdict: 'healthy',
    runs: ['rebuild-by-reading'],
    facts: factCount,
  },
  {
    name: 'half a page after the end',
    hurt: (path) => appendFileSync(path, Buffer.alloc(700, 7)),
    finds: ['size-uneven'],
    verdict: 'damaged',
    runs: ['rebuild-by-reading'],
    facts: factCount,
  },
  {
    name: 'a destroyed page of a table',
    hurt: (path) => page(path, leafOf(path, 'facts'), randomBytes(pageSize)),
    finds: ['table-damaged'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    factsAtLeast: factCount - 200,
  },
  {
    name: 'the first page gone, the kind of database known',
    hurt: (path) => page(path, 1, Buffer.alloc(pageSize)),
    expected: hakgal,
    finds: ['header-wrong'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    factsAtLeast: Math.ceil(factCount * 0.999),
  },
  {
    name: 'the first page gone of a database that is large values for the most part',
    hurt: (path) => {
      sql(path, 'DELETE FROM facts WHERE id > 40; CREATE TABLE files (content TEXT); VACUUM');
      const some = 'WITH n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 110) INSERT INTO files';
      sql(path, `${some} SELECT replace(hex(zeroblob(4000)), '00', 'large value ') FROM n`);
      page(path, 1, randomBytes(pageSize));
    },
    expected: hakgal,
    finds: ['header-wrong'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: 40,
  },
  {
    name: 'the first page gone of a database that is nearly all large random values',
    hurt: (path) => {
      sql(path, 'DELETE FROM facts WHERE id > 40; CREATE TABLE files (content BLOB)');
      for (let number = 0; number < 4; number += 1) sql(path, 'INSERT INTO files VALUES (randomblob(4000000))');
      sql(path, 'VACUUM');
      page(path, 1, Buffer.alloc(pageSize));
    },
    expected: hakgal,
    finds: ['header-wrong'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: 40,
  },
  {
    name: 'the second half missing',
    hurt: (path) => truncateSync(path, Math.floor(statSync(path).size / pageSize / 2) * pageSize),
    finds: ['truncated'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    factsAtLeast: 100,
  },
  {
    name: 'the same key twice in a unique index',
    hurt: (path) => {
      sql(path, 'CREATE TABLE k (id INTEGER PRIMARY KEY, name TEXT); CREATE UNIQUE INDEX k_name ON k (name)');
      sql(path, "INSERT INTO k (name) VALUES ('a'), ('b')");
      divert(path, 'k_name', "INSERT INTO k (name) VALUES ('a')");
    },
    finds: ['index-disagrees', 'rows-contradicted'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: factCount,
  },
  {
    name: 'a damaged full-text index',
    hurt: (path) => {
      sql(
        path,
        'CREATE VIRTUAL TABLE search USING fts5 (text); INSERT INTO search SELECT statement FROM facts LIMIT 500',
      );
      unsafeSql(path, ["UPDATE search_content SET c0 = 'something else' WHERE id = 3"]);
    },
    finds: ['full-text-damaged'],
    verdict: 'damaged',
    runs: ['rebuild-full-text'],
    facts: factCount,
  },
  {
    name: 'rows that refer to nothing',
    hurt: (path) =>
      sql(
        path,
        `CREATE TABLE note (id INTEGER PRIMARY KEY, fact INTEGER REFERENCES facts (id), text TEXT);
         CREATE TABLE reply (id INTEGER PRIMARY KEY, note INTEGER REFERENCES note (id));
         INSERT INTO note VALUES (1, 1, 'fine'), (2, 99999, 'orphan');
         INSERT INTO reply VALUES (1, 1), (2, 2);
         CREATE TRIGGER loud AFTER DELETE ON note BEGIN DELETE FROM facts; END;`,
      ),
    finds: ['orphaned-rows'],
    verdict: 'healthy',
    alsoChosen: ['set-orphans-aside'],
    runs: ['set-orphans-aside'],
    facts: factCount,
  },
  {
    name: 'mostly free pages',
    hurt: (path) =>
      sql(
        path,
        'CREATE TABLE big AS SELECT a.* FROM facts a, (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)); DROP TABLE big',
      ),
    finds: ['bloated'],
    verdict: 'healthy',
    alsoChosen: ['compact'],
    runs: ['compact'],
    facts: factCount,
  },
  {
    name: 'a view that calls a function which only the application has',
    hurt: (path) => sql(path, 'CREATE VIEW loud AS SELECT shout(source) AS source FROM facts'),
    finds: ['application-function'],
    verdict: 'healthy',
    runs: [],
    facts: factCount,
  },
  {
    name: 'no statistics',
    hurt: (path) =>
      sql(
        path,
        "INSERT INTO facts (statement, source) SELECT statement || '+', source FROM facts; INSERT INTO facts (statement, source) SELECT statement || '-', source FROM facts",
      ),
    finds: ['no-statistics'],
    verdict: 'healthy',
    alsoChosen: ['refresh-statistics'],
    runs: ['refresh-statistics'],
    facts: factCount * 4,
  },
  {
    name: 'an encrypted file',
    hurt: (path) => writeFileSync(path, randomBytes(40 * pageSize)),
    finds: ['encrypted'],
    verdict: 'encrypted',
    runs: { fails: 'encrypted' },
  },
  {
    name: 'a text file',
    hurt: (path) => writeFileSync(path, 'no database at all\n'.repeat(3000)),
    finds: ['not-a-database'],
    verdict: 'not-a-database',
    runs: { fails: 'nothing-helps' },
  },
  {
    name: 'an empty file',
    hurt: (path) => truncateSync(path, 0),
    expected: hakgal,
    finds: ['empty-file', 'missing-table'],
    verdict: 'damaged',
    runs: ['create-missing-tables'],
    facts: 0,
  },
];

export function makeHurt(path: string, story: DamageStory): void {
  if (!existsSync(path)) makeKnowledgeBase(path);
  story.hurt(path);
}
