/** Finds the few rows whose value is of another kind than all others of its column: more likely damaged than meant. */

import { storageClass, storageClasses } from '../../read/row-reader.ts';
import type { Key } from '../../schema/row-key.ts';
import type { TableModel } from '../../schema/table-model.ts';

/** Rows of a rare kind that are remembered for a column; more of them are a habit. */
const maxRare = 16;
/** A kind is odd where this many times as many values are of other kinds. */
const outlierShare = 200;

export class ColumnOutliers {
  readonly #table: TableModel;
  /** Values seen, by field and kind. */
  readonly #seen: Int32Array;
  readonly #rare = new Map<number, Key[]>();

  constructor(table: TableModel) {
    this.#table = table;
    this.#seen = new Int32Array(table.fields.length * storageClasses);
  }

  add(field: number, kind: number, key: () => Key): void {
    const slot = field * storageClasses + kind;
    const seen = (this.#seen[slot] as number) + 1;
    this.#seen[slot] = seen;
    if (kind === storageClass.null || seen > maxRare) return;
    const keys = this.#rare.get(slot);
    if (keys === undefined) this.#rare.set(slot, [key()]);
    else keys.push(key());
  }

  /** Keys of the rows with an odd value; forgets them. */
  take(): Key[] {
    const odd: Key[] = [];
    for (const [slot, keys] of this.#rare) {
      const field = Math.floor(slot / storageClasses);
      const kind = slot % storageClasses;
      const column = this.#table.columns[this.#table.fields[field] as number];
      // Numbers of both kinds are usual in numeric columns; only 8-byte bit patterns can turn into each other.
      if (column?.affinity !== 'BLOB' && (kind === storageClass.integer || kind === storageClass.real)) continue;
      const seen = this.#seen[slot] as number;
      let others = 0;
      for (let other = 1; other < storageClasses; other += 1)
        if (other !== kind) others += this.#seen[field * storageClasses + other] as number;
      if (seen <= maxRare && others >= outlierShare * seen) odd.push(...keys);
    }
    this.#rare.clear();
    return odd;
  }
}
