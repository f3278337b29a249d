/** What the schema says, and what its tables may hold. */
import { factCount } from '../support/make-database.ts';
import { type DamageStory, hakgal, sql } from './story.ts';

export const schemaStories: readonly DamageStory[] = [
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
];
