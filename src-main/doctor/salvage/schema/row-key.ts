/** What tells one row of a table from all others. */
import { quoteName } from '../../quote-name.ts';
import type { SqlValue } from '../read/sql-value.ts';
import type { TableModel } from './table-model.ts';

/** The rowid, or the primary key of a WITHOUT ROWID table. */
export interface Key {
  readonly values: readonly SqlValue[];
}

/** As SQL names them, quoted; empty where columns took all names of the rowid. */
export function keyColumns(table: TableModel): string[] {
  if (!table.isWithoutRowid) return table.rowidName === undefined ? [] : [table.rowidName];
  return table.key.map((part) => quoteName((table.columns[part.column] as { name: string }).name));
}
