/** The INSERT statements of one table: records of different lengths (columns were added since) need different ones. */

import type Database from 'better-sqlite3';
import { quoteName } from '../../quote-name.ts';
import type { TableModel } from '../schema/table-model.ts';

/** Rows in one INSERT: above this, little is won (measured), and SQLite's limit on parameters comes near. */
const rowsPerInsert = 32;
const parametersPerInsert = 900;

/** How a record of so many fields is inserted. */
export interface InsertShape {
  /** Field of each parameter; -1 is the rowid. */
  readonly sources: readonly number[];
  readonly one: Database.Statement;
  /**
   * Made on first use: in a schema of thousands of small tables most never fill a batch, and each statement costs at
   * every CREATE.
   */
  readonly many: Database.Statement;
  /** Rows that `many` takes. */
  readonly batch: number;
}

export class InsertShapes {
  readonly #db: Database.Database;
  readonly #table: TableModel;
  readonly #byFieldCount = new Map<number, InsertShape>();

  constructor(db: Database.Database, table: TableModel) {
    this.#db = db;
    this.#table = table;
  }

  /** Lets the statements go; made anew when more rows come. */
  release(): void {
    this.#byFieldCount.clear();
  }

  of(fieldCount: number): InsertShape {
    const shape = this.#byFieldCount.get(fieldCount) ?? this.#prepare(fieldCount);
    this.#byFieldCount.set(fieldCount, shape);
    return shape;
  }

  #prepare(fieldCount: number): InsertShape {
    const table = this.#table;
    const sources: number[] = [];
    const names: string[] = [];
    if (table.rowidColumn < 0 && table.rowidName !== undefined) {
      sources.push(-1);
      names.push(table.rowidName);
    }
    for (let field = 0; field < fieldCount; field += 1) {
      const index = table.fields[field] as number;
      const column = table.columns[index] as TableModel['columns'][number];
      if (column.generated !== 'no') continue;
      sources.push(index === table.rowidColumn ? -1 : field);
      names.push(quoteName(column.name));
    }
    const batch = Math.max(1, Math.min(rowsPerInsert, Math.floor(parametersPerInsert / Math.max(1, sources.length))));
    const row = `(${sources.map(() => '?').join(',')})`;
    const into = `INSERT INTO ${quoteName(table.name)}(${names.join(',')}) VALUES `;
    const db = this.#db;
    let many: Database.Statement | undefined;
    return {
      sources,
      one: db.prepare(into + row),
      get many() {
        many ??= db.prepare(into + Array(batch).fill(row).join(','));
        return many;
      },
      batch,
    };
  }
}
