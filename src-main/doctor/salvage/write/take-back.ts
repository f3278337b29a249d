/** Rows that were put aside and turn out to be right return to their table. */
import { quoteName } from '../../quote-name.ts';
import type { SalvageNote } from '../salvage-types.ts';
import type { Key } from '../schema/row-key.ts';
import { asWritten, withoutRules } from './broken-rules.ts';
import type { TableWriter } from './table-writer.ts';
import { provenanceColumnsOf, sideColumnsOf } from './target.ts';

/** For nothing but what the whole table does; before any witness is heard. */
export function takeBackHabits(writer: TableWriter, leaves: number, notes: SalvageNote[]): void {
  const { table, target, brokenRules } = writer;
  writer.flush();
  const habits = brokenRules.isEmpty ? [] : brokenRules.habits(leaves, writer.certain);
  const side = target.sideName('doubtful', table);
  if (habits.length === 0 || side === null || sideColumnsOf(table).length < table.columns.length) return;
  const { page, cell, reason, rowid } = provenanceColumnsOf(table);
  const texts = new Set(
    habits.flatMap((rule) => (rule.startsWith('text ') ? [table.fields[Number(rule.split(' ')[1])] as number] : [])),
  );
  const columns = table.columns.flatMap(({ name, generated }, column) =>
    generated === 'no' && column !== table.rowidColumn
      ? [{ name: quoteName(name), value: asWritten(quoteName(name), texts.has(column), 'true') }]
      : [],
  );
  if (table.rowidName !== undefined) columns.unshift({ name: table.rowidName, value: rowid });
  const where = brokenRules.areHabits(habits, page, cell);
  const from = `FROM ${quoteName(side)} WHERE ${where}`;
  const byReason = target.db.prepare(`SELECT ${reason}, count(*) ${from} GROUP BY 1`).raw().all() as [string, number][];
  try {
    withoutRules(target, table, () =>
      target.db
        .prepare(
          `INSERT INTO ${quoteName(table.name)}(${columns.map(({ name }) => name).join(', ')})
           SELECT ${columns.map(({ value }) => value).join(', ')} ${from}`,
        )
        .run(),
    );
  } catch {
    // They also contradict a key: all stay where they are.
    return;
  }
  target.db.prepare(`DELETE ${from}`).run();
  let rows = 0;
  for (const [why, count] of byReason) {
    rows += count;
    writer.forget('doubtful', why, count);
  }
  writer.certain += rows;
  writer.constraintFailures += rows;
  notes.push({
    kind: 'rules-broken-kept',
    message: `${rows} rows of ${table.name} hold what its declaration forbids. So many do that it is how they were written: they are kept.`,
    values: { rows, table: table.name },
  });
}

/** For a key that another row claims, too; where the key is free now. */
export function takeBackConfirmed(writer: TableWriter, { values: [id] }: Key): void {
  const { table, target } = writer;
  const side = target.sideName('doubtful', table);
  if (side === null || table.rowidName === undefined || id === undefined) return;
  const columns = table.columns.flatMap(({ name, generated }, column) =>
    generated === 'no' && column !== table.rowidColumn ? [quoteName(name)] : [],
  );
  if (sideColumnsOf(table).length < table.columns.length) return;
  const { rowid, reason } = provenanceColumnsOf(table);
  const where = `${rowid} IS ? AND ${reason} = 'constraint'`;
  const back = target.db
    .prepare(
      `INSERT OR IGNORE INTO ${quoteName(table.name)}(${[table.rowidName, ...columns].join(', ')})
       SELECT ${[rowid, ...columns].join(', ')} FROM ${quoteName(side)} WHERE ${where}`,
    )
    .run(id).changes;
  if (back !== 1) return;
  target.db.prepare(`DELETE FROM ${quoteName(side)} WHERE ${where}`).run(id);
  writer.certain += 1;
  writer.forget('doubtful', 'constraint', 1);
}
