/** Doubtful and deleted rows that say nothing new: the same row is among the certain ones. */

import { quoteName } from '../../quote-name.ts';
import { keyColumns } from '../schema/row-key.ts';
import type { TableWriter } from '../write/table-writer.ts';
import { provenanceColumnsOf, sideColumnsOf } from '../write/target.ts';

export function dropDuplicates(writer: TableWriter): void {
  const { table, target } = writer;
  const keys = keyColumns(table);
  if (keys.length === 0) return;
  const provenance = provenanceColumnsOf(table);
  const sideKey = table.isWithoutRowid ? keys : [provenance.rowid];
  const columns = sideColumnsOf(table)
    .filter((column) => column.generated === 'no')
    // Under its own collation 'A' would equal 'a'.
    .map((column) => `${quoteName(column.name)} COLLATE BINARY`);
  for (const kind of ['doubtful', 'deleted'] as const) {
    const side = target.sideName(kind, table);
    if (side === null) continue;
    const rowOf = (name: string, key: readonly string[]): string =>
      `(${[...key, ...columns].map((column) => `${name}.${column}`).join(', ')})`;
    // As one comparison of rows: a condition of a thousand ANDs is too deep for SQLite.
    const same = `${rowOf('good', keys)} IS ${rowOf('side', sideKey)}`;
    const where = `EXISTS (SELECT 1 FROM ${quoteName(table.name)} AS good WHERE ${same})`;
    const counted = target.db
      .prepare(
        `SELECT side.${provenance.reason} AS reason, count(*) AS rows FROM ${quoteName(side)} AS side WHERE ${where} GROUP BY 1`,
      )
      .all() as { reason: string; rows: number }[];
    if (counted.length === 0) continue;
    target.db.prepare(`DELETE FROM ${quoteName(side)} AS side WHERE ${where}`).run();
    for (const { reason, rows } of counted) writer.forget(kind, reason, rows);
  }
}
