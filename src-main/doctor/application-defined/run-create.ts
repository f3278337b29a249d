/**
 * Runs one CREATE TABLE or CREATE INDEX. A prepared statement lives until it is collected, and each change of a schema
 * goes through all that live: with thousands of tables that takes minutes. `exec` leaves none, but would run more than
 * one.
 */
import type Database from 'better-sqlite3';
import { tokensOf } from './sql-tokens.ts';

export function runCreate(database: Database.Database, sql: string): void {
  const tokens = tokensOf(sql);
  if (tokens.some(({ kind, text }, at) => kind === 'mark' && text === ';' && at < tokens.length - 1))
    throw new Error('more than one statement');
  database.exec(sql);
}
