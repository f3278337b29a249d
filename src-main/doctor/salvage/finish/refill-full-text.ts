/** Fills a full-text table that was made anew from the texts that are left of it. */
import type Database from 'better-sqlite3';
import { quoteName } from '../../quote-name.ts';

/**
 * Where the texts lie in a table of the user's, or nowhere: the module itself reads them, or they are the application's
 * to bring.
 */
const isContentElsewhere = (sql: string): boolean => /\bcontent\s*=/i.test(sql);

/** `kept`: by their former names, where the tables of the damaged one are now. @returns the rows that it has now */
export function refillFullText(
  name: string,
  sql: string,
  kept: ReadonlyMap<string, string>,
  db: Database.Database,
): number {
  const table = quoteName(name);
  const count = (of: string): number => db.prepare(`SELECT count(*) FROM ${of}`).pluck().get() as number;
  if (isContentElsewhere(sql)) {
    if (/\bcontent\s*=\s*(?:''|"")/i.test(sql)) return 0;
    db.prepare(`INSERT INTO ${table}(${table}) VALUES ('rebuild')`).run();
    return count(table);
  }
  const content = kept.get(`${name}_content`);
  if (content === undefined) return 0;
  const columns = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name) as string[];
  // The first is the rowid, then come the columns in their order; FTS5 may add more of its own.
  const texts = (db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(content) as string[]).slice(
    0,
    columns.length + 1,
  );
  if (texts.length !== columns.length + 1) return 0;
  return db
    .prepare(
      `INSERT INTO ${table}(${['rowid', ...columns.map(quoteName)].join(', ')})
       SELECT ${texts.map(quoteName).join(', ')} FROM ${quoteName(content)}`,
    )
    .run().changes;
}
