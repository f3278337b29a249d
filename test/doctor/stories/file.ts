/** The file as a whole: its header, its length, its kind, its free pages. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { factCount, overwrite } from '../support/make-database.ts';
import { type DamageStory, hakgal, pageSize, sql } from './story.ts';

export const fileStories: readonly DamageStory[] = [
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
    alsoChosen: ['rebuild-by-reading'],
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
    name: 'the second half missing',
    hurt: (path) => truncateSync(path, Math.floor(statSync(path).size / pageSize / 2) * pageSize),
    finds: ['truncated'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    factsAtLeast: 100,
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
