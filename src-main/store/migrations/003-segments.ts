import type { Database } from 'better-sqlite3';
import { encodeHeadRow } from '../head/head-row.ts';
import type { Migration } from './migration.ts';

/** Blocks of many series in rows, and ticks in fewer bytes. */
export const segments: Migration = {
  version: 3,
  sentence: 'compressed blocks and roll-ups, ticks with a checksum, when each series was seen last',
  sql: `
    -- level: see levels.ts. start: of the period, ms. first, last: numbers of the series in data, see codec/segment.ts.
    CREATE TABLE segments (
      level INTEGER NOT NULL,
      start INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      data BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX segments_by_place ON segments (level, start, first, last);

    ALTER TABLE series ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0;
    UPDATE series SET last_at = coalesce((SELECT max(at) FROM head), first_at);
  `,
  /** Until now a tick was: count, numbers of the series, doubles; u32, u32[count], f64[count]. */
  run(database: Database) {
    const write = database.prepare('UPDATE head SET data = ? WHERE at = ?');
    const rows = database.prepare('SELECT at, data FROM head').all() as { at: number; data: Buffer }[];
    for (const { at, data } of rows) {
      const count = data.readUInt32LE(0);
      const ids = Uint32Array.from({ length: count }, (_, index) => data.readUInt32LE(4 + index * 4));
      const values = Float64Array.from({ length: count }, (_, index) => data.readDoubleLE(4 + count * 4 + index * 8));
      write.run(encodeHeadRow({ ids, values }), at);
    }
  },
};
