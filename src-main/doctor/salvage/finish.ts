/** What comes after the rows: sequences, indexes, virtual tables, views and triggers; what SQLite refuses is told, never forced. */
import type { Sequences } from './internal-tables.ts';
import type { SalvageNote } from './salvage-types.ts';
import { quoteName, type SchemaModel, type TableModel } from './schema-model.ts';
import type { TableWriter } from './table-writer.ts';
import type { Target } from './target.ts';

export async function buildIndexes(
  schema: SchemaModel,
  writers: ReadonlyMap<TableModel, TableWriter>,
  target: Target,
  notes: SalvageNote[],
  pause: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const wanted = schema.tables.flatMap((table) =>
    table.indexes
      .filter((index) => index.sql !== undefined)
      .map((index) => ({ table, index, sql: index.sql as string })),
  );
  for (const [done, { table, index, sql }] of wanted.entries()) {
    await pause(done, wanted.length);
    const create = (): string | undefined => {
      try {
        target.db.prepare(sql).run();
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    };
    let refusal = create();
    if (refusal !== undefined && index.isUnique && !index.isPartial) {
      const columns = index.fields.slice(0, table.isWithoutRowid ? undefined : -1).filter((part) => part.column >= 0);
      const writer = writers.get(table);
      if (writer !== undefined && columns.length > 0) {
        putDuplicatesAside(
          writer,
          target,
          table,
          columns.map((part) => (table.columns[part.column] as { name: string }).name),
        );
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
function putDuplicatesAside(writer: TableWriter, target: Target, table: TableModel, columns: readonly string[]): void {
  if (table.rowidName === undefined) return;
  const list = columns.map(quoteName).join(', ');
  const rows = target.db
    .prepare(
      `SELECT ${table.rowidName} AS id FROM ${quoteName(table.name)} WHERE (${list}) IN
       (SELECT ${list} FROM ${quoteName(table.name)} GROUP BY ${list} HAVING count(*) > 1)`,
    )
    .safeIntegers()
    .all() as { id: bigint }[];
  for (const { id } of rows) writer.constraintFailures += writer.moveOut({ values: [id] }, 'constraint');
}

/** AUTOINCREMENT goes on after the largest number ever given, as far as that is known. */
export function restoreSequences(schema: SchemaModel, told: Sequences, target: Target): void {
  for (const table of schema.tables) {
    if (!table.isAutoincrement || !target.has('sqlite_sequence')) continue;
    const largest = target.db
      .prepare(`SELECT max(${table.rowidName ?? 'rowid'}) FROM ${quoteName(table.name)}`)
      .pluck()
      .safeIntegers()
      .get() as bigint | null;
    const sequence = told.get(table.name.toLowerCase());
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

/**
 * Virtual tables come back over their own tables. Full-text ones whose tables no longer agree are built again from their content. One that can't
 * work is taken back as a whole: it would make every later look at the new database fail.
 */
export function addVirtualTables(schema: SchemaModel, target: Target, notes: SalvageNote[]): void {
  for (const statement of schema.virtualTables) {
    const { name, sql } = statement;
    const refusal = target.attempt(() => {
      const reason = target.addVirtualTable(statement);
      if (reason !== undefined) throw new Error(reason);
      if (/\bUSING\s+fts[345]\b/i.test(sql) && checkFullText(name, sql, target))
        notes.push({
          kind: 'full-text-rebuilt',
          message: `The full-text index ${name} was built again from its rows.`,
          values: { name },
        });
    });
    if (refusal !== undefined)
      notes.push({
        kind: 'virtual-table-not-created',
        message: `The virtual table ${name} was not created: ${refusal}. What was in its own tables (${name}_…) is there.`,
        values: { name, detail: refusal },
      });
  }
}

/** Returns whether it had to be built again. */
function checkFullText(name: string, sql: string, target: Target): boolean {
  const command = (text: string): void =>
    void target.db.prepare(`INSERT INTO ${quoteName(name)}(${quoteName(name)}) VALUES (?)`).run(text);
  try {
    command('integrity-check');
    return false;
  } catch {
    // Without its version FTS5 refuses even to rebuild.
    const config = `${name}_config`;
    if (/\bfts5\b/i.test(sql) && target.has(config))
      target.db.prepare(`INSERT OR IGNORE INTO ${quoteName(config)}(k, v) VALUES ('version', 4)`).run();
    command('rebuild');
    command('integrity-check');
    return true;
  }
}
