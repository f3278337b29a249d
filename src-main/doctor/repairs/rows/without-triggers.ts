import type Database from 'better-sqlite3';
import { quoteName } from '../../quote-name.ts';

/** Runs `work` in one transaction in which no trigger fires: they are taken out and put back word for word. */
export function withoutTriggers<T>(database: Database.Database, work: () => T): T {
  database.pragma('foreign_keys = OFF');
  return database.transaction(() => {
    const triggers = database
      .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql IS NOT NULL ORDER BY rowid`)
      .all() as { name: string; sql: string }[];
    for (const { name } of triggers) database.prepare(`DROP TRIGGER ${quoteName(name)}`).run();
    const result = work();
    for (const { sql } of triggers) database.prepare(sql).run();
    return result;
  })();
}
