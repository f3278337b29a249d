/**
 * Only when the user says so: doubtful rows join their table where no certain row has their key. The side table keeps
 * them too.
 */
import { quoteName } from '../../quote-name.ts';
import type { SalvageNote } from '../salvage-types.ts';
import type { TableWriter } from '../write/table-writer.ts';
import { provenanceColumnsOf, sideColumnsOf } from '../write/target.ts';

export function mergeDoubtful(writer: TableWriter, notes: SalvageNote[]): void {
  const { table, target } = writer;
  const side = target.sideName('doubtful', table);
  if (side === null) return;
  const columns = sideColumnsOf(table)
    .filter((column, index) => column.generated === 'no' && index !== table.rowidColumn)
    .map((column) => quoteName(column.name));
  const rowid =
    table.rowidColumn >= 0 ? quoteName((table.columns[table.rowidColumn] as { name: string }).name) : table.rowidName;
  const into = [...(rowid === undefined ? [] : [rowid]), ...columns].join(', ');
  const from = [...(rowid === undefined ? [] : [provenanceColumnsOf(table).rowid]), ...columns].join(', ');
  const mixed = target.db
    .prepare(`INSERT OR IGNORE INTO ${quoteName(table.name)}(${into}) SELECT ${from} FROM ${quoteName(side)}`)
    .run().changes;
  if (mixed > 0)
    notes.push({
      kind: 'doubtful-included',
      message: `${mixed} doubtful rows were put into ${table.name}, as asked.`,
      values: { rows: mixed, table: table.name },
    });
}
