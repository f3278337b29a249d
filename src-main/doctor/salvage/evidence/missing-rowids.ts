/**
 * Rowids that something in the file names though no row of theirs was found. Kept in a temporary table: there may be
 * millions.
 */

import type Database from 'better-sqlite3';
import { quoteName } from '../../quote-name.ts';
import type { TableModel } from '../schema/table-model.ts';
import { provenanceColumnsOf, type Target } from '../write/target.ts';

/** No name of a user's table: temporary tables hide those of the same name. */
const store = 'temp."hakgal: rowids missing"';

export class MissingRowids {
  readonly #target: Target;
  readonly #table: TableModel;
  #insert: Database.Statement | undefined;

  constructor(target: Target, table: TableModel) {
    this.#target = target;
    this.#table = table;
  }

  add(rowid: number | bigint): void {
    if (this.#insert === undefined) {
      const { db } = this.#target;
      db.exec(
        `CREATE TABLE IF NOT EXISTS ${store}(of_table TEXT, id INTEGER, PRIMARY KEY(of_table, id)) WITHOUT ROWID`,
      );
      this.#insert = db.prepare(`INSERT OR IGNORE INTO ${store} VALUES (?, ?)`);
    }
    this.#insert.run(this.#table.name, typeof rowid === 'number' ? BigInt(rowid) : rowid);
  }

  /**
   * Those that are neither among the certain nor, by their rowid, among the doubtful rows; and how many of them belong
   * where pages are gone.
   */
  count(isGone: (rowid: number) => boolean): { readonly all: number; readonly gone: number } {
    const { rowidName, name } = this.#table;
    if (this.#insert === undefined || rowidName === undefined) return { all: 0, gone: 0 };
    const side = this.#target.sideName('doubtful', this.#table);
    const notAside =
      side === null ? '' : `AND id NOT IN (SELECT ${provenanceColumnsOf(this.#table).rowid} FROM ${quoteName(side)})`;
    const rowids = this.#target.db
      .prepare(
        `SELECT id FROM ${store} WHERE of_table = ? AND id NOT IN (SELECT ${rowidName} FROM ${quoteName(name)}) ${notAside}`,
      )
      .pluck();
    let all = 0;
    let gone = 0;
    for (const rowid of rowids.iterate(name) as Iterable<number>) {
      all += 1;
      if (isGone(rowid)) gone += 1;
    }
    return { all, gone };
  }
}
