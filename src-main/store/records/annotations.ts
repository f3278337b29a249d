/** Annotations of what was changed, as rows. */
import type { Database } from 'better-sqlite3';
import type { Annotation } from '../../contract/annotations.ts';

/** More of them could not be told apart in a chart or read in a list; the newest are the answer. */
const maxAnnotations = 1_000;

export function writeAnnotation(database: Database, { at, kind, subject }: Annotation): void {
  database
    .prepare('INSERT INTO marks (at, kind, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .run(Math.round(at), kind, subject);
}

/** In the order of time. */
export function readAnnotations(
  database: Database,
  { from, until }: { readonly from: number; readonly until: number },
): Annotation[] {
  const newestFirst = database
    .prepare('SELECT at, kind, subject FROM marks WHERE at >= ? AND at < ? ORDER BY at DESC LIMIT ?')
    .all(from, until, maxAnnotations) as Annotation[];
  return newestFirst.reverse();
}
