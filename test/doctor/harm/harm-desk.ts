/**
 * A database as an application left it, or as an accident left that one; judged and repaired as a user would have it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach } from 'vitest';
import type { Examination } from '../../../src-main/contract/doctor/examination.ts';
import type { RepairReport } from '../../../src-main/contract/doctor/report.ts';
import type { RepairRequest } from '../../../src-main/doctor/flow/repair/repair-request.ts';
import { contextIn, look, repair } from '../support/flow-for-test.ts';

export interface HarmDesk {
  readonly file: string;
  /** `pageSize` bytes a page; the file is closed and in rollback mode afterwards. */
  make(fill: (db: Database.Database) => void, pageSize?: number): void;
  /** Statements on the schema table itself, as an accident or another SQLite would have left it. */
  rewriteSchema(...statements: readonly string[]): void;
  change(change: (db: Database.Database) => void): void;
  damage(change: (bytes: Buffer) => void): void;
  examine(): Promise<Examination>;
  /** Throws where the repair is refused. */
  repair(options?: Partial<Pick<RepairRequest, 'includeDoubtful' | 'chosen'>>): Promise<RepairReport>;
  /** Outside of any transaction. */
  pragma(text: string): void;
  ask<T>(sql: string): T[];
  rootOf(name: string): number;
  /** Pages of this tree that hold rows or entries, in the file's order; never the root of a larger tree. */
  leavesOf(name: string): number[];
  schema(): string[];
  countRows(table: string): number;
}

export function harmDesk(): HarmDesk {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hakgal-harm-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = <T>(work: (db: Database.Database) => T, readonly = false): T => {
    const db = new Database(desk.file, { readonly });
    try {
      db.unsafeMode();
      return work(db);
    } finally {
      db.close();
    }
  };
  const desk: HarmDesk = {
    get file() {
      return join(folder, 'app.db');
    },
    make: (fill, pageSize = 4096) =>
      open((db) => {
        db.pragma(`page_size = ${pageSize}`);
        db.transaction(() => fill(db))();
      }),
    rewriteSchema: (...statements) =>
      open((db) => {
        db.pragma('writable_schema = ON');
        for (const statement of statements) db.prepare(statement).run();
      }),
    change: (change) => open((db) => db.transaction(() => change(db))()),
    damage(change) {
      const bytes = readFileSync(desk.file);
      change(bytes);
      writeFileSync(desk.file, bytes);
    },
    pragma: (text) => open((db) => db.exec(`PRAGMA ${text}`)),
    examine: () => look(contextIn(folder), desk.file),
    async repair(options = {}) {
      const outcome = await repair(contextIn(folder), desk.file, options);
      if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`);
      return outcome.value;
    },
    ask: <T>(sql: string) => open((db) => db.prepare(sql).all() as T[], true),
    rootOf: (name) =>
      open((db) => db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name) as number, true),
    leavesOf(name) {
      const bytes = readFileSync(desk.file);
      const size = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
      const visit = (page: number): number[] => {
        const at = (page - 1) * size + (page === 1 ? 100 : 0);
        const type = bytes[at] as number;
        if (type === 13 || type === 10) return [page];
        const children = [bytes.readUInt32BE(at + 8)];
        for (let cell = 0; cell < bytes.readUInt16BE(at + 3); cell += 1)
          children.push(bytes.readUInt32BE((page - 1) * size + bytes.readUInt16BE(at + 12 + 2 * cell)));
        return children.flatMap(visit);
      };
      return visit(desk.rootOf(name)).sort((a, b) => a - b);
    },
    countRows: (table) => desk.ask(`SELECT 1 FROM "${table}" NOT INDEXED`).length,
    schema: () =>
      desk.ask<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').map(({ sql }) => sql),
  };
  return desk;
}

/** Some hundred rows of an id, a text of changing length and a number. */
export function fillNotes(db: Database.Database, table: string, first: number, last: number): void {
  const insert = db.prepare(`INSERT INTO ${table} VALUES (?, ?, ?)`);
  for (let id = first; id <= last; id += 1)
    insert.run(id, `name-${String(id).padStart(5, '0')}-${'x'.repeat(5 + ((id * 7919) % 55))}`, (id * 31) % 1000);
}
