/** Runs what SQLite refuses where the schema needs names that only its application has. */
import type Database from 'better-sqlite3';
import { findApplicationObjects } from './application-names.ts';
import { putStandIns } from './put-stand-ins.ts';

interface Statement {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/**
 * For work that moves or reads whole trees. VACUUM appends the entries of a tree in the order in which it finds them
 * where the collation is BINARY, and that is what a stand-in has: the application's own order stays.
 */
export function withStandIns<T>(database: Database.Database, statements: readonly Statement[], work: () => T): T {
  const objects = findApplicationObjects(statements).filter(({ type }) => type === 'table' || type === 'index');
  if (objects.length === 0) return work();
  const putBack = putStandIns(database, objects);
  try {
    return work();
  } finally {
    putBack();
  }
}

/** SQLite refuses for want of what only the application has. */
export const lacksApplication = (error: unknown): boolean =>
  /^(?:no such (?:collation sequence|function|module|tokenizer)|unknown tokenizer|unsafe use of)/.test(
    (error as Error).message,
  );
