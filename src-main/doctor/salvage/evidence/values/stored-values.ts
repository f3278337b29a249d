/**
 * What records hold in generated columns that are stored, against what their other values give: a damaged one shows.
 * Kept in a temporary table, as there may be millions of rows.
 */

import type Database from 'better-sqlite3';
import { quoteName } from '../../../quote-name.ts';
import type { SqlValue } from '../../read/sql-value.ts';
import type { Key } from '../../schema/row-key.ts';
import type { TableModel } from '../../schema/table-model.ts';
import type { Target } from '../../write/target.ts';

/** No name of a user's table: temporary tables hide those of the same name. */
const store = 'temp."hakgal: stored values"';

/**
 * Where more rows than this share disagree, the expression gives something else today, and says nothing about the
 * rows.
 */
const maxShare = 0.1;

export class StoredValues {
  readonly #target: Target;
  readonly #table: TableModel;
  readonly #keys: readonly string[];
  /** Fields of the record that hold such a value, and their columns. */
  readonly #fields: readonly number[];
  readonly #names: readonly string[];
  #insert: Database.Statement | undefined;
  #rows = 0;

  constructor(target: Target, table: TableModel, keys: readonly string[]) {
    this.#target = target;
    this.#table = table;
    this.#keys = keys;
    this.#fields = table.fields.flatMap((column, field) =>
      table.columns[column]?.generated === 'stored' && keys.length > 0 ? [field] : [],
    );
    this.#names = this.#fields.map((field) =>
      quoteName((table.columns[table.fields[field] as number] as { name: string }).name),
    );
  }

  add(key: () => Key, values: readonly SqlValue[]): void {
    if (this.#fields.length === 0) return;
    if (this.#insert === undefined) {
      const { db } = this.#target;
      const columns = [...this.#keys.map((_, index) => `k${index}`), ...this.#fields.map((_, index) => `v${index}`)];
      db.exec(`DROP TABLE IF EXISTS ${store}; CREATE TABLE ${store}(${columns.join(', ')})`);
      this.#insert = db.prepare(`INSERT INTO ${store} VALUES (${columns.map(() => '?').join(', ')})`);
    }
    this.#rows += 1;
    this.#insert.run([...key().values, ...this.#fields.map((field) => values[field] ?? null)]);
  }

  /** Keys of the rows whose stored values are not what the others give. */
  contradicted(): Key[] {
    if (this.#rows === 0) return [];
    const { db } = this.#target;
    const on = this.#keys.map((key, index) => `good.${key} IS stored.k${index}`).join(' AND ');
    const differs = this.#names
      .map((name, index) => `good.${name} COLLATE BINARY IS NOT stored.v${index}`)
      .join(' OR ');
    const keys = db
      .prepare(
        `SELECT ${this.#keys.map((key) => `good.${key}`).join(', ')} FROM ${store} AS stored
         JOIN ${quoteName(this.#table.name)} AS good ON ${on} WHERE ${differs}`,
      )
      .raw()
      .safeIntegers()
      .all() as SqlValue[][];
    db.exec(`DROP TABLE ${store}`);
    return keys.length > Math.max(1, this.#rows * maxShare) ? [] : keys.map((values) => ({ values }));
  }
}
