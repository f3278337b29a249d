/** Tables and indexes with the layout of their records. */
import type { SchemaOrigin } from '../../../contract/doctor/report.ts';
import { quoteName } from '../../quote-name.ts';
import type { Affinity, SqlValue } from '../read/sql-value.ts';
import type { SchemaStatement } from '../salvage-types.ts';

export interface ColumnModel {
  readonly name: string;
  readonly affinity: Affinity;
  readonly isNotNull: boolean;
  readonly generated: 'no' | 'virtual' | 'stored';
  /** What rows show whose records were written before the column was added. */
  readonly fallback: SqlValue;
}

/** In place of the name of a collation that only the application has. */
export const applicationCollation = 'of the application';

export interface KeyPart {
  /** Column of the table; -1 for the rowid, -2 for an expression. */
  readonly column: number;
  readonly collation: string;
  readonly isDescending: boolean;
}

export interface IndexModel {
  readonly name: string;
  readonly table: string;
  /** Absent for the indexes that constraints bring with them. */
  readonly sql?: string;
  /** What it is built with here; the same where SQLite takes its own text. */
  readonly standIn?: string;
  readonly isUnique: boolean;
  readonly isPartial: boolean;
  /** In the order of the index's records; the rowid, or what is missing of the primary key, comes last. */
  readonly fields: readonly KeyPart[];
  /** Its order or its values are the application's alone: nothing here can build it, or judge its order. */
  readonly isOfApplication: boolean;
  /** What the index is on, without what comes last. */
  readonly keys: readonly KeyPart[];
  readonly rootPage?: number;
}

export interface TableModel {
  readonly name: string;
  readonly origin: SchemaOrigin;
  readonly sql: string;
  /** The same without what only the application has, where there is such a thing: what it is written with. */
  readonly standIn?: string;
  readonly rootPage?: number;
  readonly columns: readonly ColumnModel[];
  /** Column of each field of a record, in order. */
  readonly fields: readonly number[];
  /** A record may end early where columns were added since; never before one that ALTER TABLE could not have added. */
  readonly leastFields: number;
  readonly isWithoutRowid: boolean;
  readonly isAutoincrement: boolean;
  /** Column that is the rowid, -1 where none is. */
  readonly rowidColumn: number;
  /** A name under which SQL reaches the rowid, undefined where columns took them all. */
  readonly rowidName: string | undefined;
  /** WITHOUT ROWID: the key that orders its b-tree. */
  readonly key: readonly KeyPart[];
  readonly indexes: readonly IndexModel[];
}

export interface RawStatement extends SchemaStatement {
  readonly origin: SchemaOrigin;
}

export interface SchemaModel {
  readonly tables: readonly TableModel[];
  readonly views: readonly RawStatement[];
  readonly triggers: readonly RawStatement[];
  readonly virtualTables: readonly RawStatement[];
  /** Of these, in lower case, those whose module or tokenizer only the application has. */
  readonly ofApplication: ReadonlySet<string>;
  /** Objects whose text SQLite does not take, with what it said. */
  readonly refused: readonly { readonly statement: RawStatement; readonly reason: string }[];
}

/** A table that nobody described: as many columns as its widest record. */
export function inferredTable(name: string, columns: number, rootPage: number): TableModel {
  const names = Array.from({ length: Math.max(1, columns) }, (_, index) => `c${index + 1}`);
  return {
    name,
    origin: 'inferred',
    sql: `CREATE TABLE ${quoteName(name)}(${names.join(', ')})`,
    rootPage,
    columns: names.map((column) => ({
      name: column,
      affinity: 'BLOB',
      isNotNull: false,
      generated: 'no',
      fallback: null,
    })),
    fields: names.map((_, index) => index),
    leastFields: 0,
    isWithoutRowid: false,
    isAutoincrement: false,
    rowidColumn: -1,
    rowidName: 'rowid',
    key: [],
    indexes: [],
  };
}
