import { columnNeighbours } from './column-neighbours.ts';
import { confirmedKeys } from './confirmed-keys.ts';
import type { Evidence } from './evidence.ts';
import { generatedColumns } from './generated-columns.ts';
import { indexesByRowid } from './indexes-by-rowid.ts';
import { indexesByValue } from './indexes-by-value.ts';

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
