/**
 * Rows of one table whose cells and pages are sound, and whose values the table's declaration forbids: a NULL where NOT
 * NULL is said, a violated CHECK, text that is not in the database's encoding. One of them is more likely damage; a
 * habit of the whole table is how its application wrote it, and no reason to doubt.
 */
import type Database from 'better-sqlite3';
import type { TableModel } from '../schema/table-model.ts';
import type { Target } from './target.ts';

/** No name of a user's table: temporary tables hide those of the same name. */
const store = 'temp."hakgal: rules broken"';

/**
 * So many rows, on so many pages, or on all where there are fewer: what damage hits by chance does not look like that.
 */
const leastRows = 3;
const leastPages = 3;
/** Any value can come to violate a CHECK or be no text; of a NULL with all else in order, chance is no explanation. */
const leastShare = 0.02;
const leastShareOfFewPages = 0.2;
/** Of the texts beyond ASCII in a column; those that are right speak against a habit of writing another encoding. */
const leastShareOfTexts = 0.9;

interface Broken {
  rows: number;
  readonly pages: Set<number>;
}

export class BrokenRules {
  readonly #target: Target;
  readonly #table: TableModel;
  readonly #broken = new Map<string, Broken>();
  /** Right texts beyond ASCII, by field. */
  readonly #rightTexts: Int32Array;
  /** Those of the decoded row, one a field at most. */
  readonly #ofRow: string[] = [];
  #insert: Database.Statement | undefined;

  constructor(target: Target, table: TableModel) {
    this.#target = target;
    this.#table = table;
    this.#rightTexts = new Int32Array(table.fields.length);
  }

  begin(): void {
    this.#ofRow.length = 0;
  }

  addNull(field: number): void {
    this.#ofRow.push(`null ${field}`);
  }

  addText(field: number): void {
    this.#ofRow.push(`text ${field}`);
  }

  addRightText(field: number): void {
    this.#rightTexts[field] = (this.#rightTexts[field] as number) + 1;
  }

  /** The decoded row was put aside for nothing else. */
  note(page: number, cell: number, rules: readonly string[] = this.#ofRow): void {
    if (this.#insert === undefined) {
      const { db } = this.#target;
      db.exec(
        `CREATE TABLE IF NOT EXISTS ${store}(of_table TEXT, page INT, cell INT, rule TEXT, PRIMARY KEY(of_table, page, cell, rule)) WITHOUT ROWID`,
      );
      this.#insert = db.prepare(`INSERT OR IGNORE INTO ${store} VALUES (?, ?, ?, ?)`);
    }
    for (const rule of rules) {
      this.#insert.run(this.#table.name, page, cell, rule);
      const broken = this.#broken.get(rule) ?? { rows: 0, pages: new Set() };
      this.#broken.set(rule, broken);
      broken.rows += 1;
      if (broken.pages.size < leastPages) broken.pages.add(page);
    }
  }

  /** What so many rows break that it is how the table was written. */
  habits(leaves: number, rows: number): string[] {
    return [...this.#broken].flatMap(([rule, broken]) => {
      const isSpread = broken.rows >= leastRows && broken.pages.size >= Math.min(leastPages, leaves);
      if (!isSpread) return [];
      const [kind, field] = rule.split(' ');
      if (kind === 'null') return [rule];
      const share = leaves < leastPages ? leastShareOfFewPages : leastShare;
      if (broken.rows < share * (rows + broken.rows)) return [];
      const right = kind === 'text' ? (this.#rightTexts[Number(field)] as number) : 0;
      return broken.rows >= leastShareOfTexts * (broken.rows + right) ? [rule] : [];
    });
  }

  /** Of the side table's columns `page` and `cell`: a row all of whose broken rules are habits. */
  areHabits(habits: readonly string[], page: string, cell: string): string {
    const known = habits.map((rule) => `'${rule}'`).join(', ');
    const name = this.#table.name.replaceAll("'", "''");
    return `(${page}, ${cell}) IN (SELECT page, cell FROM ${store} WHERE of_table = '${name}' GROUP BY page, cell HAVING sum(rule NOT IN (${known})) = 0)`;
  }

  get isEmpty(): boolean {
    return this.#insert === undefined;
  }
}

/**
 * What the side table's rows are in their own one: text that could not be shown as such is text again.
 * `isText`: of a side row, as SQL.
 */
export const asWritten = (name: string, isTextColumn: boolean, isText: string): string =>
  isTextColumn ? `CASE WHEN ${isText} AND typeof(${name}) = 'blob' THEN CAST(${name} AS TEXT) ELSE ${name} END` : name;

/** Runs `insert` while the table takes whatever its file held; throws what `insert` throws. */
export function withoutRules<T>(target: Target, table: TableModel, insert: () => T): T {
  target.relax(table);
  target.db.pragma('ignore_check_constraints = ON');
  try {
    return insert();
  } finally {
    target.db.pragma('ignore_check_constraints = OFF');
  }
}
