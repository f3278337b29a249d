/** Stretches without samples and why. */
import type { Database } from 'better-sqlite3';
import type { Gap, GapCause } from '../contract/batch.ts';

/** Inside the caller's transaction. */
export function addGaps(database: Database, gaps: readonly Gap[]): void {
  if (gaps.length === 0) return;
  const insert = database.prepare('INSERT INTO gaps (from_at, until_at, cause, source) VALUES (?, ?, ?, ?)');
  for (const { from, until, cause, source } of gaps)
    insert.run(Math.round(from), Math.round(until), cause, source ?? null);
}

export function gapsBetween(database: Database, from: number, until: number): Gap[] {
  const rows = database
    .prepare('SELECT from_at, until_at, cause, source FROM gaps WHERE until_at > ? AND from_at < ? ORDER BY from_at')
    .all(from, until);
  return (rows as { from_at: number; until_at: number; cause: GapCause; source: string | null }[]).map((row) => ({
    from: row.from_at,
    until: row.until_at,
    cause: row.cause,
    ...(row.source !== null && { source: row.source }),
  }));
}
