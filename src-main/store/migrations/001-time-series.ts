import type { Migration } from './migration.ts';

/** Series by number, one row a tick, and the gaps between. */
export const timeSeries: Migration = {
  version: 1,
  sentence: 'one row a tick, series by number, gaps with their cause',
  sql: `
    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      metric TEXT NOT NULL,
      labels TEXT NOT NULL,
      first_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX series_by_metric ON series (metric);

    -- data: see head-row.ts
    CREATE TABLE head (at INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

    CREATE TABLE gaps (
      from_at INTEGER NOT NULL,
      until_at INTEGER NOT NULL,
      cause TEXT NOT NULL,
      source TEXT
    ) STRICT;
    CREATE INDEX gaps_by_end ON gaps (until_at);
  `,
};
