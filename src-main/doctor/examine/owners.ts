import type Database from 'better-sqlite3';
import type { Owner, Owners } from './integrity-messages.ts';

/** Who grows from which root page; empty where the schema can't be read. */
export function readOwners(database: Database.Database): Owners {
  try {
    const rows = database
      .prepare(`SELECT rootpage, type, name, tbl_name AS "table" FROM sqlite_schema WHERE rootpage > 0`)
      .all() as (Owner & { rootpage: number })[];
    return new Map(rows.map(({ rootpage, type, name, table }) => [rootpage, { type, name, table }]));
  } catch {
    return new Map();
  }
}
