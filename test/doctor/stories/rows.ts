/** Pages of tables. */
import { randomBytes } from 'node:crypto';
import { factCount } from '../support/make-database.ts';
import { changeButKeepPages, type DamageStory, hakgal, leafOf, page, pageSize, sql } from './story.ts';

export const rowsStories: readonly DamageStory[] = [
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
];
