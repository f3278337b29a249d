/** Doubtful and deleted rows that say nothing new: the same row is among the certain ones. */

import { quoteName } from './schema-model.ts';
import { keyColumns, type TableWriter } from './table-writer.ts';

export function dropRepeats(writer: TableWriter): void {
  const { table, target } = writer;
  const keys = keyColumns(table);
  if (keys.length === 0) return;
  const sideKey = table.isWithoutRowid ? keys : ['hakgal_rowid'];
  const columns = table.columns.filter((column) => column.generated === 'no').map((column) => quoteName(column.name));
  for (const kind of ['doubtful', 'deleted'] as const) {
    const side = target.sideName(kind, table);
    if (side === null) continue;
    const same = [
      ...keys.map((key, index) => `good.${key} IS side.${sideKey[index]}`),
      ...columns.map((column) => `good.${column} IS side.${column}`),
    ].join(' AND ');
    const where = `EXISTS (SELECT 1 FROM ${quoteName(table.name)} AS good WHERE ${same})`;
    const counted = target.db
      .prepare(
        `SELECT hakgal_reason AS reason, count(*) AS rows FROM ${quoteName(side)} AS side WHERE ${where} GROUP BY 1`,
      )
      .all() as { reason: string; rows: number }[];
    if (counted.length === 0) continue;
    target.db.prepare(`DELETE FROM ${quoteName(side)} AS side WHERE ${where}`).run();
    for (const { reason, rows } of counted) writer.forget(kind, reason, rows);
  }
}
