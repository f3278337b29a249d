/** A journal or a write-ahead log beside the database. */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import {
  factCount,
  leaveJournal,
  leaveLog,
  leaveSharedJournal,
  makeKnowledgeBase,
  overwrite,
} from '../support/make-database.ts';
import { type DamageStory, leafOf, page, pageSize, sql } from './story.ts';

export const logsStories: readonly DamageStory[] = [
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
];
