/** A user's own small database. */
import { join } from 'node:path';
import Database from 'better-sqlite3';

export const notesIn = (dataDir: string): string => join(dataDir, 'notes.db');

export function makeNotes(dataDir: string): void {
  const database = new Database(notesIn(dataDir));
  database.exec(`CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO notes (text) VALUES ('milk')`);
  database.close();
}
