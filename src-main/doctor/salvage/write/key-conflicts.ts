/**
 * Rows that claim the same key. Two that are equal are one row found twice; where two differ, nothing tells which is
 * right.
 */

import type Database from 'better-sqlite3';
import { quoteName } from '../../quote-name.ts';
import type { SqlValue } from '../read/sql-value.ts';
import { applicationCollation, type KeyPart, type TableModel } from '../schema/table-model.ts';

/** A WHERE clause with its parameters. */
export interface Condition {
  readonly where: string;
  readonly parameters: readonly SqlValue[];
}

/** The very same row, rowid included, is in the table already. `values` by column. */
export function isPresent(
  db: Database.Database,
  table: TableModel,
  values: readonly SqlValue[],
  rowid: SqlValue,
): boolean {
  const stored = table.columns.flatMap(({ name, generated }, index) =>
    generated === 'no' ? [{ name: `${quoteName(name)} COLLATE BINARY`, value: values[index] as SqlValue }] : [],
  );
  // The key as it is, for the lookup.
  for (const { column } of table.key)
    stored.push({
      name: quoteName((table.columns[column] as { name: string }).name),
      value: values[column] as SqlValue,
    });
  if (table.rowidName !== undefined) stored.push({ name: table.rowidName, value: rowid });
  // As one comparison of rows: a condition of a thousand ANDs is too deep for SQLite.
  const names = stored.map(({ name }) => name).join(', ');
  const places = stored.map(() => '?').join(', ');
  const found = db.prepare(`SELECT 1 FROM ${quoteName(table.name)} WHERE (${names}) IS (${places})`);
  return found.get(stored.map(({ value }) => value)) !== undefined;
}

/** What the rows meet that share a unique key or the rowid with this one. */
export function conflictConditions(table: TableModel, values: readonly SqlValue[], rowid: SqlValue): Condition[] {
  const keys = table.indexes.filter((index) => index.isUnique && !index.isPartial).map((index) => index.keys);
  if (table.isWithoutRowid) keys.push(table.key);
  const conditions = keys
    // NULLs never collide; what an expression gives can't be told from here.
    .filter((parts) => parts.length > 0 && parts.every(({ column }) => column >= 0 && values[column] !== null))
    .map(
      (parts): Condition => ({
        where: parts.map((part) => `${collatedName(table, part)} = ?`).join(' AND '),
        parameters: parts.map(({ column }) => values[column] as SqlValue),
      }),
    );
  if (table.rowidName !== undefined && rowid !== null)
    conditions.push({ where: `${table.rowidName} IS ?`, parameters: [rowid] });
  return conditions;
}

/** Compares as the index does, which may be otherwise than the column says. */
export const collatedName = (table: TableModel, { column, collation }: KeyPart): string =>
  `${quoteName((table.columns[column] as { name: string }).name)} COLLATE ${quoteName(collation === applicationCollation ? 'BINARY' : collation)}`;
