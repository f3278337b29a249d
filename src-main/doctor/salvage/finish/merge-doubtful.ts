/**
 * Only when the user says so: doubtful rows join their table where no certain row has their key. The side table keeps
 * them too.
 */
import { quoteName } from '../../quote-name.ts';
import type { SalvageNote } from '../salvage-types.ts';
import { asWritten, withoutRules } from '../write/broken-rules.ts';
import type { TableWriter } from '../write/table-writer.ts';
import { provenanceColumnsOf, sideColumnsOf } from '../write/target.ts';

export function mergeDoubtful(writer: TableWriter, notes: SalvageNote[]): void {
  const { table, target } = writer;
  const side = target.sideName('doubtful', table);
  if (side === null) return;
  const { rowid, reason } = provenanceColumnsOf(table);
  const columns = sideColumnsOf(table).flatMap(({ name, generated, affinity }, index) => {
    if (generated !== 'no' || index === table.rowidColumn) return [];
    const quoted = quoteName(name);
    return [{ name: quoted, value: asWritten(quoted, affinity === 'TEXT', `${reason} = 'invalid-text'`) }];
  });
  const id =
    table.rowidColumn >= 0 ? quoteName((table.columns[table.rowidColumn] as { name: string }).name) : table.rowidName;
  if (id !== undefined) columns.unshift({ name: id, value: rowid });
  const into = columns.map(({ name }) => name).join(', ');
  const from = columns.map(({ value }) => value).join(', ');
  const insert = `INSERT OR IGNORE INTO ${quoteName(table.name)}(${into}) SELECT ${from} FROM ${quoteName(side)}`;
  let mixed = target.db.prepare(insert).run().changes;
  // Of those the table would refuse only the ones that were its own and doubted for that alone.
  const { constraint = 0, 'invalid-text': text = 0 } = writer.reasons;
  if (constraint + text > 0)
    mixed += withoutRules(
      target,
      table,
      () => target.db.prepare(`${insert} WHERE ${reason} IN ('constraint', 'invalid-text')`).run().changes,
    );
  if (mixed > 0)
    notes.push({
      kind: 'doubtful-included',
      message: `${mixed} doubtful rows were put into ${table.name}, as asked.`,
      values: { rows: mixed, table: table.name },
    });
}
