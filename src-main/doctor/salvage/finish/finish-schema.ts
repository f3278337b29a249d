/**
 * What comes after the rows: sequences, indexes, views and triggers; what SQLite refuses is reported, never forced.
 */

import { runCreate } from '../../application-defined/run-create.ts';
import { quoteName } from '../../quote-name.ts';
import type { Sequences } from '../place/internal-tables.ts';
import type { SqlValue } from '../read/sql-value.ts';
import type { SalvageNote } from '../salvage-types.ts';
import { keyColumns } from '../schema/row-key.ts';
import type { KeyPart, SchemaModel, TableModel } from '../schema/table-model.ts';
import { collatedName } from '../write/key-conflicts.ts';
import type { TableWriter } from '../write/table-writer.ts';
import type { Target } from '../write/target.ts';

export async function buildIndexes(
  schema: SchemaModel,
  writers: ReadonlyMap<TableModel, TableWriter>,
  target: Target,
  notes: SalvageNote[],
  pause: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const wanted = schema.tables.flatMap((table) =>
    table.indexes
      .filter((index) => index.sql !== undefined && !index.isOfApplication)
      .map((index) => ({ table, index, sql: index.standIn ?? (index.sql as string) })),
  );
  for (const [done, { table, index, sql }] of wanted.entries()) {
    await pause(done, wanted.length);
    const create = (): string | undefined => {
      try {
        runCreate(target.db, sql);
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    };
    let refusal = create();
    if (refusal !== undefined && index.isUnique && !index.isPartial) {
      const keys = index.keys.filter((part) => part.column >= 0);
      const writer = writers.get(table);
      if (writer !== undefined && keys.length > 0) {
        putDuplicatesAside(writer, target, keys);
        refusal = create();
      }
    }
    if (refusal !== undefined)
      notes.push({
        kind: 'index-not-rebuilt',
        message: `Index ${index.name} of ${table.name} was not rebuilt: ${refusal}.`,
        values: { name: index.name, detail: refusal },
      });
  }
}

/** Rows that share a unique key contradict one another: all of them go aside. */
function putDuplicatesAside(writer: TableWriter, target: Target, keys: readonly KeyPart[]): void {
  const { table } = writer;
  const own = keyColumns(table).join(', ');
  if (own === '') return;
  const list = keys.map((part) => collatedName(table, part)).join(', ');
  const rows = target.db
    .prepare(
      `SELECT ${own} FROM ${quoteName(table.name)} WHERE (${list}) IN
       (SELECT ${list} FROM ${quoteName(table.name)} GROUP BY ${list} HAVING count(*) > 1)`,
    )
    .raw()
    .safeIntegers()
    .all() as SqlValue[][];
  for (const values of rows) writer.constraintFailures += writer.moveOut({ values }, 'constraint');
}

/** AUTOINCREMENT goes on after the largest number ever given, as far as that is known. */
export function restoreSequences(schema: SchemaModel, known: Sequences, target: Target): void {
  for (const table of schema.tables) {
    if (!table.isAutoincrement || !target.has('sqlite_sequence')) continue;
    const largest = target.db
      .prepare(`SELECT max(${table.rowidName ?? 'rowid'}) FROM ${quoteName(table.name)}`)
      .pluck()
      .safeIntegers()
      .get() as bigint | null;
    const sequence = known.get(table.name.toLowerCase());
    const before = typeof sequence === 'number' || typeof sequence === 'bigint' ? BigInt(sequence) : 0n;
    const next = largest !== null && largest > before ? largest : before;
    if (next <= 0n) continue;
    target.db.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table.name);
    target.db.prepare('INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)').run(table.name, next);
  }
}

export function addViewsAndTriggers(schema: SchemaModel, target: Target, notes: SalvageNote[]): void {
  for (const statement of [...schema.views, ...schema.triggers]) {
    const isPlain = /^\s*CREATE\s+(TEMP(?:ORARY)?\s+)?(VIEW|TRIGGER)\b/i.test(statement.sql);
    try {
      if (!isPlain) throw new Error('its text is damaged');
      target.db.prepare(statement.sql).run();
    } catch (error) {
      notes.push({
        kind: 'object-not-created',
        message: `The ${statement.type} ${statement.name} was not created: ${(error as Error).message}.`,
        values: { name: statement.name, detail: (error as Error).message },
      });
    }
  }
}
