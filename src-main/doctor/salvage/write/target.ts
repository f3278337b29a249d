/** The fresh database that salvage writes into, and the side tables in it. */

import Database from 'better-sqlite3';
import { withoutNotNull } from '../../application-defined/without-not-null.ts';
import { quoteName } from '../../quote-name.ts';
import type { TextEncoding } from '../../sqlite-file/header.ts';
import type { SqlValue } from '../read/sql-value.ts';
import { deletedTableOf, doubtfulTableOf, lostAndFoundTable } from '../salvage-types.ts';
import type { RawStatement, SchemaModel, TableModel } from '../schema/table-model.ts';

export interface TargetShape {
  readonly pageSize: number;
  readonly encoding: TextEncoding;
  readonly autoVacuum: 0 | 1 | 2;
  readonly userVersion: number;
  readonly applicationId: number;
}

/** Where a row that is put aside comes from, and why, in the first columns of its side table. */
const provenance = ['reason', 'page', 'cell', 'rowid'] as const;

/** Names for these columns, quoted, which the table has not taken: it may be the side table of an earlier repair. */
export function provenanceColumnsOf({ columns }: TableModel): Readonly<Record<(typeof provenance)[number], string>> {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  let prefix = 'hakgal_';
  for (let number = 2; provenance.some((one) => taken.has(prefix + one)); number += 1) prefix = `hakgal_${number}_`;
  const [reason, page, cell, rowid] = provenance.map((one) => quoteName(prefix + one)) as [
    string,
    string,
    string,
    string,
  ];
  return { reason, page, cell, rowid };
}

/** SQLITE_MAX_COLUMN as everyone has it. */
const maxColumns = 2000;

/** A table of the largest number of columns loses its last few in a side table. */
export const sideColumnsOf = ({ columns }: TableModel): TableModel['columns'] =>
  columns.slice(0, maxColumns - provenance.length);

export type SideKind = 'doubtful' | 'deleted';

export class Target implements Disposable {
  readonly db: Database.Database;
  readonly #side = new Map<string, Database.Statement>();
  readonly #names = new Map<string, string>();
  readonly #relaxed = new Set<string>();
  #lost: Database.Statement | undefined;
  #lostTable = lostAndFoundTable;
  #lostFields = 0;

  constructor(path: string, shape: TargetShape) {
    this.db = new Database(path);
    this.db.unsafeMode();
    this.db.pragma(`page_size = ${shape.pageSize}`);
    this.db.pragma(`encoding = '${shape.encoding}'`);
    this.db.pragma(`auto_vacuum = ${shape.autoVacuum}`);
    // The file is new and removed on failure: no journal on disk. In memory one is still needed to take back half a
    // statement.
    this.db.pragma('journal_mode = MEMORY');
    this.db.pragma('synchronous = OFF');
    this.db.pragma('locking_mode = EXCLUSIVE');
    this.db.pragma('foreign_keys = OFF');
    this.db.pragma('cache_size = -4000');
    this.db.pragma('recursive_triggers = OFF');
    this.db.exec('BEGIN');
    // In the transaction: each would be one of its own.
    if (shape.userVersion !== 0) this.db.pragma(`user_version = ${shape.userVersion}`);
    if (shape.applicationId !== 0) this.db.pragma(`application_id = ${shape.applicationId}`);
  }

  /**
   * The side table of `table`, made on first use: same columns without types or constraints, so that any value stays
   * as it was.
   */
  aside(kind: SideKind, table: TableModel, about: readonly SqlValue[], values: readonly SqlValue[]): void {
    const name = this.makeSide(kind, table);
    const count = provenance.length + sideColumnsOf(table).length;
    let statement = this.#side.get(name);
    if (statement === undefined) {
      statement = this.db.prepare(`INSERT INTO ${quoteName(name)} VALUES (${Array(count).fill('?').join(',')})`);
      this.#side.set(name, statement);
    }
    statement.run([...about, ...values].slice(0, count));
  }

  makeSide(kind: SideKind, table: TableModel): string {
    const present = this.sideName(kind, table);
    if (present !== null) return present;
    const wanted = kind === 'doubtful' ? doubtfulTableOf(table.name) : deletedTableOf(table.name);
    const name = this.#freeName(wanted);
    const columns = [
      ...Object.values(provenanceColumnsOf(table)),
      ...sideColumnsOf(table).map(({ name }) => quoteName(name)),
    ];
    this.db.exec(`CREATE TABLE ${quoteName(name)}(${columns.join(', ')})`);
    this.#names.set(`${kind} ${table.name}`, name);
    return name;
  }

  /** The side table, null where no row was put aside. */
  sideName(kind: SideKind, table: TableModel): string | null {
    return this.#names.get(`${kind} ${table.name}`) ?? null;
  }

  /** A file that was salvaged before has such a table of its own. */
  #freeName(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.has(name); number += 1) name = `${wanted}_${number}`;
    return name;
  }

  /** A row of no known table. */
  lostRow(page: number, cell: number, rowid: SqlValue, isDeleted: boolean, values: readonly SqlValue[]): void {
    if (this.#lost === undefined || values.length > this.#lostFields) {
      // SQLite takes at most 2000 columns; the rare wider row is cut.
      const wanted = Array.from({ length: Math.min(values.length, 1900) }, (_, field) => `c${field + 1}`);
      if (this.#lost === undefined) {
        this.#lostTable = this.#freeName(lostAndFoundTable);
        this.db.exec(
          `CREATE TABLE ${this.#lostTable}(${['page INTEGER, cell INTEGER, hakgal_rowid, is_deleted INTEGER, fields INTEGER', ...wanted].join(', ')})`,
        );
      } else
        for (const column of wanted.slice(this.#lostFields))
          this.db.exec(`ALTER TABLE ${this.#lostTable} ADD COLUMN ${column}`);
      this.#lostFields = Math.max(this.#lostFields, wanted.length);
      const count = 5 + this.#lostFields;
      this.#lost = this.db.prepare(`INSERT INTO ${this.#lostTable} VALUES (${Array(count).fill('?').join(',')})`);
    }
    const padded = Array.from({ length: this.#lostFields }, (_, index) => values[index] ?? null);
    this.#lost.run(page, cell, rowid, isDeleted ? 1 : 0, values.length, ...padded);
  }

  /**
   * Adds a virtual table without running its module: its shadow tables are there already, with their rows. Returns why
   * not.
   */
  addVirtualTable(statement: RawStatement): string | undefined {
    // One text that SQLite can't read would make the whole database unreadable: tried elsewhere first.
    const trial = new Database(':memory:');
    try {
      trial.unsafeMode();
      insertVirtual(trial, statement);
      trial.prepare('SELECT count(*) FROM sqlite_schema').get();
      if (this.has(statement.name)) return 'a table of its name is there already';
      insertVirtual(this.db, statement);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    } finally {
      trial.close();
    }
  }

  /** Moves the tables that a virtual one keeps for itself out of its way. Returns their new names by the old ones. */
  keepOwnTables(statement: RawStatement): Map<string, string> {
    const kept = new Map<string, string>();
    for (const name of ownTablesOf(statement)) {
      if (!this.has(name)) continue;
      kept.set(name, this.#freeName(`hakgal_kept_${name}`));
      this.db.exec(`ALTER TABLE ${quoteName(name)} RENAME TO ${quoteName(kept.get(name) as string)}`);
    }
    return kept;
  }

  /** Runs `change` in a transaction of its own and takes all of it back when it throws; returns why. */
  attempt(change: () => void): string | undefined {
    this.checkpoint();
    try {
      change();
      this.checkpoint();
      return undefined;
    } catch (error) {
      // Some errors have rolled back already.
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      this.db.exec('BEGIN');
      return (error as Error).message;
    }
  }

  has(table: string): boolean {
    return this.db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ? COLLATE NOCASE').get(table) !== undefined;
  }

  rowsOf(table: string | undefined): number | undefined {
    if (table === undefined) return undefined;
    return this.db
      .prepare(`SELECT count(*) FROM ${quoteName(table)}`)
      .pluck()
      .get() as number;
  }

  /** Makes what was written so far part of the file, so that the memory it takes stays bounded. */
  checkpoint(): void {
    this.db.exec('COMMIT; BEGIN');
  }

  /** From here on the table takes NULL where its text forbids it. `putOwnTexts` gives the text back. */
  relax({ name, sql, standIn }: TableModel): void {
    const relaxed = withoutNotNull(standIn ?? sql);
    if (relaxed === (standIn ?? sql) || this.#relaxed.has(name)) return;
    this.#relaxed.add(name);
    this.db.pragma('writable_schema = ON');
    this.db.prepare("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?").run(relaxed, name);
    this.db.pragma('writable_schema = RESET');
  }

  /** What was written with stand-ins gets the text that it has in the damaged file. */
  putOwnTexts({ tables }: SchemaModel): void {
    const own = tables.flatMap(({ name, sql, standIn, indexes }) => [
      ...(standIn === undefined && !this.#relaxed.has(name) ? [] : [{ type: 'table', name, sql }]),
      ...indexes.flatMap((index) =>
        index.sql !== undefined && (index.isOfApplication || index.standIn !== index.sql)
          ? [{ type: 'index', name: index.name, sql: index.sql }]
          : [],
      ),
    ]);
    if (own.length === 0) return;
    this.db.pragma('writable_schema = ON');
    const replace = this.db.prepare('UPDATE sqlite_schema SET sql = ? WHERE type = ? AND name = ?');
    for (const { type, name, sql } of own) replace.run(sql, type, name);
    this.db.pragma('writable_schema = OFF');
  }

  finish(): void {
    this.db.exec('COMMIT');
    this.db.pragma('journal_mode = DELETE');
    this.db.pragma('synchronous = FULL');
  }

  [Symbol.dispose](): void {
    this.db.close();
  }
}

function insertVirtual(db: Database.Database, statement: RawStatement): void {
  db.pragma('writable_schema = ON');
  db.prepare("INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, 0, ?)").run(
    statement.name,
    statement.name,
    statement.sql,
  );
  db.pragma('writable_schema = RESET');
}

/** Seen where the module makes them anew. */
function ownTablesOf({ name, sql }: RawStatement): string[] {
  const trial = new Database(':memory:');
  try {
    trial.prepare(sql).run();
    return trial
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> ?")
      .pluck()
      .all(name) as string[];
  } finally {
    trial.close();
  }
}
