/**
 * Writes the rows of one table: certain ones in large batches, the others aside; takes rows out again when later
 * evidence speaks against them.
 */

import type { DoubtReason } from '../../../contract/doctor/doubts.ts';
import { quoteName } from '../../quote-name.ts';
import { MissingRowids } from '../evidence/missing-rowids.ts';
import { ColumnOutliers } from '../evidence/values/column-outliers.ts';
import { StoredValues } from '../evidence/values/stored-values.ts';
import { type RowReader, storageClass } from '../read/row-reader.ts';
import type { SqlValue } from '../read/sql-value.ts';
import { type Key, keyColumns } from '../schema/row-key.ts';
import type { TableModel } from '../schema/table-model.ts';
import { BrokenRules } from './broken-rules.ts';
import { type InsertShape, InsertShapes } from './insert-shapes.ts';
import { conflictConditions, isPresent } from './key-conflicts.ts';
import { type SideKind, sideColumnsOf, type Target } from './target.ts';

/** Rows that wait for their INSERT. */
interface Pending {
  readonly shape: InsertShape;
  readonly parameters: SqlValue[];
  readonly origins: { readonly page: number; readonly cell: number }[];
}

/** Large values are written at once: a batch of them would fill the memory. */
const maxPendingBytes = 65_536;

export class TableWriter {
  readonly table: TableModel;
  readonly target: Target;
  readonly reasons: Partial<Record<DoubtReason, number>> = {};
  certain = 0;
  doubtful = 0;
  deleted = 0;
  constraintFailures = 0;
  /** Cells of sound pages that nothing could be read from. */
  unreadableCells = 0;
  /** Rows that are known to have been there. */
  readonly missing: MissingRowids;
  readonly columnOutliers: ColumnOutliers;
  readonly storedValues: StoredValues;
  readonly brokenRules: BrokenRules;
  /** The decoded row is as SQLite writes them, and the table's declaration forbids it. */
  isOnlyForbidden = false;
  readonly #shapes: InsertShapes;
  readonly #keyWhere: string;
  readonly #fieldOfColumn: Int32Array;
  #pending: Pending | undefined;
  /** The decoded row: its values and their storage classes, by field. */
  readonly #values: SqlValue[] = [];
  readonly #classes: Uint8Array;

  constructor(target: Target, table: TableModel) {
    this.table = table;
    this.target = target;
    this.missing = new MissingRowids(target, table);
    this.columnOutliers = new ColumnOutliers(table);
    this.storedValues = new StoredValues(target, table, keyColumns(table));
    this.brokenRules = new BrokenRules(target, table);
    this.#shapes = new InsertShapes(target.db, table);
    this.#classes = new Uint8Array(table.fields.length);
    this.#fieldOfColumn = new Int32Array(table.columns.length).fill(-1);
    for (const [field, column] of table.fields.entries()) this.#fieldOfColumn[column] = field;
    this.#keyWhere = keyColumns(table)
      .map((name) => `${name} IS ?`)
      .join(' AND ');
  }

  /**
   * Decodes the reader's row; the first thing that SQLite can't have written is returned, else what the declaration
   * forbids. Follow with `keep` or `putAside`.
   */
  decode(reader: RowReader): DoubtReason | undefined {
    const { table } = this;
    const count = reader.record.count;
    const values = this.#values;
    values.length = 0;
    let doubt: DoubtReason | undefined;
    let broken: DoubtReason | undefined;
    this.brokenRules.begin();
    if (count > table.fields.length || count < table.leastFields) doubt = 'impossible-type';
    const known = Math.min(count, table.fields.length);
    for (let field = 0; field < known; field += 1) {
      const columnIndex = table.fields[field] as number;
      const column = table.columns[columnIndex] as TableModel['columns'][number];
      const value = reader.value(field, column.affinity);
      values.push(value);
      if (columnIndex === table.rowidColumn) {
        if (value !== null) doubt ??= 'impossible-type';
      } else if (value === null && column.isNotNull) {
        broken ??= 'constraint';
        this.brokenRules.addNull(field);
      }
      // Control characters are of damage, not of another encoding.
      if (reader.lastDoubt === 'invalid-text' && reader.lastClass !== storageClass.oddText) {
        broken ??= 'invalid-text';
        this.brokenRules.addText(field);
      } else if (reader.lastDoubt !== undefined) doubt ??= reader.lastDoubt;
      else if (reader.wasBeyondAscii) this.brokenRules.addRightText(field);
      this.#classes[field] = reader.lastClass;
    }
    this.isOnlyForbidden = doubt === undefined && broken !== undefined;
    return doubt ?? broken;
  }

  /** Queues the decoded row for its table. */
  keep(rowid: SqlValue, page: number, cell: number): void {
    const count = this.#values.length;
    const shape = this.#shapes.of(count);
    if (this.#pending !== undefined && this.#pending.shape !== shape) this.flush();
    this.#pending ??= { shape, parameters: [], origins: [] };
    const { parameters, origins } = this.#pending;
    let bytes = 0;
    for (const field of shape.sources) {
      const value = field === -1 ? rowid : (this.#values[field] as SqlValue);
      if (typeof value === 'object' && value !== null) bytes += value.length;
      parameters.push(value);
    }
    origins.push({ page, cell });
    const key = (): Key => this.keyOfDecoded(rowid);
    for (let field = 0; field < count; field += 1) this.columnOutliers.add(field, this.#classes[field] as number, key);
    this.storedValues.add(key, this.#values);
    if (origins.length >= shape.batch || bytes > maxPendingBytes) this.flush();
  }

  /** Key of the decoded row. */
  keyOfDecoded(rowid: SqlValue): Key {
    if (!this.table.isWithoutRowid) return { values: [rowid] };
    return {
      values: this.table.key.map((part) => this.#values[this.#fieldOfColumn[part.column] as number] as SqlValue),
    };
  }

  flush(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    const { shape, parameters, origins } = pending;
    const width = shape.sources.length;
    if (origins.length === shape.batch) {
      try {
        shape.many.run(parameters);
        this.certain += origins.length;
        return;
      } catch (error) {
        if (!isConstraint(error)) throw error;
      }
    }
    for (const [row, origin] of origins.entries())
      this.#insertOne(shape, parameters.slice(row * width, (row + 1) * width), origin);
  }

  /** All rows are here as far as is known now. */
  release(): void {
    this.flush();
    this.#shapes.release();
  }

  #insertOne(shape: InsertShape, parameters: SqlValue[], origin: { page: number; cell: number }): void {
    try {
      shape.one.run(parameters);
      this.certain += 1;
    } catch (error) {
      if (!isConstraint(error)) throw error;
      const values = this.#columnsOf(shape, parameters);
      const rowidAt = shape.sources.indexOf(-1);
      const rowid = rowidAt >= 0 ? (parameters[rowidAt] as SqlValue) : null;
      const code = (error as { code: string }).code;
      const isKey = code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_ROWID';
      if (isKey || code === 'SQLITE_CONSTRAINT_UNIQUE') {
        if (isPresent(this.target.db, this.table, values, rowid)) return;
        // Two rows claim one key and nothing tells which is right.
        for (const { where, parameters } of conflictConditions(this.table, values, rowid))
          this.#moveWhere(where, parameters, isKey ? 'duplicate-key' : 'constraint');
      }
      if (!isKey) this.constraintFailures += 1;
      if (code === 'SQLITE_CONSTRAINT_CHECK') this.brokenRules.note(origin.page, origin.cell, ['check']);
      this.#aside('doubtful', isKey ? 'duplicate-key' : 'constraint', origin.page, origin.cell, rowid, values);
    }
  }

  /** Values by column of the table; what a record does not hold is null. */
  #columnsOf(shape: InsertShape, parameters: readonly SqlValue[]): SqlValue[] {
    const values: SqlValue[] = this.table.columns.map(() => null);
    for (const [index, field] of shape.sources.entries()) {
      const column = field === -1 ? this.table.rowidColumn : (this.table.fields[field] as number);
      if (column >= 0) values[column] = parameters[index] as SqlValue;
    }
    return values;
  }

  /** Takes a row that was kept out of the table again and puts it aside. */
  moveOut(key: Key, reason: DoubtReason): number {
    this.flush();
    return this.#keyWhere === '' ? 0 : this.#moveWhere(this.#keyWhere, key.values, reason);
  }

  moveRange(low: SqlValue, high: SqlValue, reason: DoubtReason): number {
    this.flush();
    if (this.table.rowidName === undefined) return 0;
    const name = this.table.rowidName;
    return this.#moveWhere(`${name} BETWEEN ? AND ?`, [low, high], reason);
  }

  moveAll(reason: DoubtReason): void {
    this.flush();
    this.#moveWhere('true', [], reason);
  }

  #moveWhere(where: string, parameters: readonly SqlValue[], reason: DoubtReason): number {
    const { db } = this.target;
    const side = this.target.makeSide('doubtful', this.table);
    const columns = sideColumnsOf(this.table)
      .map((column) => quoteName(column.name))
      .join(', ');
    const rowid = this.table.rowidName ?? 'NULL';
    const table = quoteName(this.table.name);
    const moved = db
      .prepare(`INSERT INTO ${quoteName(side)} SELECT ?, NULL, NULL, ${rowid}, ${columns} FROM ${table} WHERE ${where}`)
      .run(reason, ...parameters).changes;
    if (moved === 0) return 0;
    db.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...parameters);
    this.certain -= moved;
    this.doubtful += moved;
    this.reasons[reason] = (this.reasons[reason] ?? 0) + moved;
    return moved;
  }

  /** Puts the decoded row aside. */
  putAside(kind: SideKind, reason: DoubtReason | 'free-page', page: number, cell: number, rowid: SqlValue): void {
    const values: SqlValue[] = this.table.columns.map(() => null);
    for (const [field, column] of this.table.fields.entries())
      values[column] =
        field < this.#values.length
          ? (this.#values[field] as SqlValue)
          : (this.table.columns[column]?.fallback ?? null);
    if (this.table.rowidColumn >= 0) values[this.table.rowidColumn] = rowid;
    this.#aside(kind, reason, page, cell, rowid, values);
  }

  #aside(
    kind: SideKind,
    reason: DoubtReason | 'free-page',
    page: number,
    cell: number,
    rowid: SqlValue,
    values: readonly SqlValue[],
  ): void {
    const asBig = (value: SqlValue): SqlValue => (Number.isSafeInteger(value) ? BigInt(value as number) : value);
    // Untyped columns keep a value as it is bound; only in these do whole numbers arrive as doubles though they were
    // integers.
    const exact = values.map((value, column) => {
      const affinity = this.table.columns[column]?.affinity;
      return affinity === 'INTEGER' || affinity === 'NUMERIC' ? asBig(value) : value;
    });
    this.target.aside(kind, this.table, [reason, BigInt(page), BigInt(cell), asBig(rowid)], exact);
    if (kind === 'deleted') this.deleted += 1;
    else {
      this.doubtful += 1;
      this.reasons[reason as DoubtReason] = (this.reasons[reason as DoubtReason] ?? 0) + 1;
    }
  }

  /** Rows dropped from a side table because the same row is certain. */
  forget(kind: SideKind, reason: string, rows: number): void {
    if (kind === 'deleted') this.deleted -= rows;
    else {
      this.doubtful -= rows;
      this.reasons[reason as DoubtReason] = (this.reasons[reason as DoubtReason] ?? 0) - rows;
      if (this.reasons[reason as DoubtReason] === 0) delete this.reasons[reason as DoubtReason];
    }
  }
}

const isConstraint = (error: unknown): boolean => {
  const code = String((error as { code?: string }).code);
  // A value that does not fit (rowid no integer) is SQLITE_MISMATCH; what is too large SQLITE_TOOBIG.
  return (
    code.startsWith('SQLITE_CONSTRAINT') ||
    code === 'SQLITE_MISMATCH' ||
    code === 'SQLITE_TOOBIG' ||
    code === 'SQLITE_ERROR'
  );
};
