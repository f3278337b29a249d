/** One damaged file a test: made by SQLite, changed byte by byte, salvaged into a new one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach } from 'vitest';
import { salvage } from '../../../src-main/doctor/salvage/salvage.ts';
import type { SalvageOptions, SalvageReport } from '../../../src-main/doctor/salvage/salvage-types.ts';

export interface SalvageDesk {
  /** A folder of the test's own, the file to damage in it and the one to salvage into. */
  readonly folder: string;
  readonly path: string;
  readonly into: string;
  make(schema: string, fill?: (db: Database.Database) => void): void;
  damage(change: (bytes: Buffer) => void): void;
  run(options?: Partial<SalvageOptions>): Promise<SalvageReport>;
  /** Asks the salvaged database. */
  ask<T>(sql: string): T;
}

export function salvageDesk(): SalvageDesk {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hakgal-salvage-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const desk: SalvageDesk = {
    get folder() {
      return folder;
    },
    get path() {
      return join(folder, 'kb.db');
    },
    get into() {
      return join(folder, 'new.db');
    },
    make(schema, fill) {
      const db = new Database(desk.path);
      db.exec(schema);
      if (fill !== undefined) db.transaction(() => fill(db))();
      db.close();
    },
    damage(change) {
      const bytes = readFileSync(desk.path);
      change(bytes);
      writeFileSync(desk.path, bytes);
    },
    async run(options = {}) {
      const outcome = await salvage({ path: desk.path, into: desk.into, ...options });
      if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`);
      return outcome.value;
    },
    ask<T>(sql: string) {
      const db = new Database(desk.into, { readonly: true });
      try {
        return db.prepare(sql).all() as T;
      } finally {
        db.close();
      }
    },
  };
  return desk;
}

export const facts =
  'CREATE TABLE facts(id INTEGER PRIMARY KEY AUTOINCREMENT, statement TEXT NOT NULL, confidence REAL);';

export const fillFacts =
  (rows: number) =>
  (db: Database.Database): void => {
    const insert = db.prepare('INSERT INTO facts(statement, confidence) VALUES (?, ?)');
    for (let row = 1; row <= rows; row += 1) insert.run(`fact number ${row} of the knowledge base`, row / 8);
  };
