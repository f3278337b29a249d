/** Marks of what was changed, as rows. */
import type { Database } from 'better-sqlite3';
import type { Mark } from '../../contract/marks.ts';

/** More of them could not be told apart in a chart or read in a list; the newest are the answer. */
const mostMarks = 1_000;

export function writeMark(database: Database, { at, kind, subject }: Mark): void {
  database
    .prepare('INSERT INTO marks (at, kind, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .run(Math.round(at), kind, subject);
}

/** In the order of time. */
export function readMarks(
  database: Database,
  { from, until }: { readonly from: number; readonly until: number },
): Mark[] {
  const newestFirst = database
    .prepare('SELECT at, kind, subject FROM marks WHERE at >= ? AND at < ? ORDER BY at DESC LIMIT ?')
    .all(from, until, mostMarks) as Mark[];
  return newestFirst.reverse();
}
