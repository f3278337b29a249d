/** Rows that claim the same key. Two that are equal are one row found twice; where two differ, nothing tells which is right. */
import type Database from 'better-sqlite3';
import type { SqlValue } from './row-reader.ts';
import { quoteName, type TableModel } from './schema-model.ts';

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
    generated === 'no' ? [{ name: quoteName(name), value: values[index] as SqlValue }] : [],
  );
  if (table.rowidName !== undefined) stored.push({ name: table.rowidName, value: rowid });
  const where = stored.map(({ name }) => `${name} IS ?`).join(' AND ');
  const found = db.prepare(`SELECT 1 FROM ${quoteName(table.name)} WHERE ${where}`);
  return found.get(stored.map(({ value }) => value)) !== undefined;
}

/** What the rows meet that share a unique key or the rowid with this one. */
export function rivalConditions(table: TableModel, values: readonly SqlValue[], rowid: SqlValue): Condition[] {
  const keys = table.indexes
    .filter((index) => index.isUnique && !index.isPartial)
    .map((index) => index.fields.slice(0, -1).map((part) => part.column))
    // NULLs never collide; what an expression gives can't be told from here.
    .filter((columns) => columns.every((column) => column >= 0 && values[column] !== null));
  if (table.isWithoutRowid) keys.push(table.key.map((part) => part.column));
  const conditions = keys
    .filter((columns) => columns.length > 0)
    .map(
      (columns): Condition => ({
        where: columns
          .map((column) => `${quoteName((table.columns[column] as { name: string }).name)} = ?`)
          .join(' AND '),
        parameters: columns.map((column) => values[column] as SqlValue),
      }),
    );
  if (table.rowidName !== undefined && rowid !== null)
    conditions.push({ where: `${table.rowidName} IS ?`, parameters: [rowid] });
  return conditions;
}
