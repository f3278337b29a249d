/** Knowledge bases of any size, whole or lacking a table. */
import Database from 'better-sqlite3';
import { createTableSql, hakgalProfile } from '../../../src-main/contract/profile.ts';

export interface Wanted {
  readonly facts?: number;
  readonly without?: string;
  readonly journal?: 'wal' | 'delete';
  readonly pad?: number;
  readonly at: string;
}

export function knowledgeBase({
  facts = 42,
  without = '',
  journal = 'delete',
  pad = 0,
  at,
}: Wanted): Database.Database {
  const database = new Database(at);
  database.pragma(`journal_mode = ${journal}`);
  for (const table of hakgalProfile.tables) if (table.name !== without) database.exec(createTableSql(table));
  const insert = database.prepare('INSERT INTO facts (statement) VALUES (?)');
  database.transaction(() => {
    for (let index = 0; index < facts; index += 1) insert.run(`fact ${index} ${'x'.repeat(pad)}`);
  })();
  return database;
}

/** Bytes without a pattern, the same each time. */
export function noise(length: number): Buffer {
  let state = 12_345;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    }),
  );
}
