import type { Evidence } from './evidence.ts';
import { confirmedKeys } from './indexes/confirmed-keys.ts';
import { indexesByRowid } from './indexes/indexes-by-rowid.ts';
import { indexesByValue } from './indexes/indexes-by-value.ts';
import { columnNeighbours } from './values/column-neighbours.ts';
import { generatedColumns } from './values/generated-columns.ts';

/**
 * Who is heard about a table once its rows are written, in this order. The backup is heard after all tables are there
 * (`compare-with-backup.ts`), and so are tables that hold each other's rows (`rows-of-other-tables.ts`).
 */
export const witnesses: readonly Evidence[] = [
  columnNeighbours,
  generatedColumns,
  indexesByRowid,
  indexesByValue,
  confirmedKeys,
];
