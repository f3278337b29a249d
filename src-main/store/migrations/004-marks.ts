import type { Migration } from './migration.ts';

/** What was changed and when, for the charts. */
export const marks: Migration = {
  version: 4,
  sentence: 'marks of what was changed: settings, rules, repairs, starts and stops',
  sql: `
    -- The key makes writing the same again change nothing.
    CREATE TABLE marks (
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      PRIMARY KEY (at, kind, subject)
    ) STRICT, WITHOUT ROWID;
  `,
};
