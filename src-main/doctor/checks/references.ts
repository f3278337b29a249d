import type Database from 'better-sqlite3';
import type { Finding } from '../../contract/doctor/examination.ts';
import type { Values } from '../../contract/text/message.ts';
import type { FindingKind } from '../../contract/words/findings.ts';
import { type LiveTable, readColumns, readSchema, readTables } from '../examine/schema.ts';
import { names } from '../examine/statement-text.ts';
import { quoteName } from '../quote-name.ts';
import { breath, type SqlCheck } from './check.ts';

const warning = (kind: FindingKind, table: string, message: string, values: Values): Finding => ({
  kind,
  check: 'references',
  severity: 'warning',
  place: { table },
  message,
  values,
});

/**
 * Views and triggers that name what is not there, and the tables of a virtual table that is gone: SQLite says so only
 * when they are used.
 */
export const references: SqlCheck = {
  id: 'references',
  title: 'Views and triggers',
  needs: 'sql',
  *find({ database }) {
    yield breath;
    const schema = readSchema(database);
    for (const { type, name } of schema) {
      if (type !== 'view') continue;
      const missing = missingIn(database, `SELECT * FROM ${quoteName(name)} LIMIT 0`);
      if (missing !== null)
        yield warning('view-broken', name, `The view ${name} names ${missing}, which is not there.`, { name, missing });
    }
    yield breath;
    const triggers = schema.filter(({ type }) => type === 'trigger');
    for (const table of readTables(database)) {
      const own = triggers.filter((one) => one.table.toLowerCase() === table.name.toLowerCase());
      if (own.length === 0 || table.isVirtual) continue;
      for (const [missing, writes] of brokenWrites(database, table)) {
        const guilty = own.filter(({ sql }) => names(sql, lastPart(missing))).map(({ name }) => name);
        yield warning(
          'trigger-broken',
          table.name,
          `Each ${writes.join(' and ')} on ${table.name} fails: ` +
            `${guilty.length > 0 ? `the trigger ${guilty.join(', ')}` : 'a trigger'} names ${missing}, which is not there.`,
          { table: table.name, names: guilty.join(', '), missing, writes: writes.join(', ') },
        );
      }
    }
    yield* orphanedShadows(database);
  },
};

/** What a statement would need and does not find; null where it can be prepared, or fails for another reason. */
function missingIn(database: Database.Database, sql: string): string | null {
  try {
    database.prepare(sql);
    return null;
  } catch (error) {
    return /^no such (?:table|view|column): (.+)$/.exec((error as Error).message)?.[1] ?? null;
  }
}

/** Writing is only prepared, which compiles the triggers, and never done. */
function brokenWrites(database: Database.Database, { name, columns }: LiveTable): Map<string, string[]> {
  const table = quoteName(name);
  const settable = columns.filter(({ isGenerated }) => !isGenerated).map((column) => quoteName(column.name));
  const writes = [
    ['INSERT', `INSERT INTO ${table} DEFAULT VALUES`],
    ['UPDATE', `UPDATE ${table} SET ${settable.map((column) => `${column} = ${column}`).join(', ')}`],
    ['DELETE', `DELETE FROM ${table}`],
  ] as const;
  const broken = new Map<string, string[]>();
  for (const [write, sql] of writes) {
    const missing = missingIn(database, sql);
    if (missing !== null) broken.set(missing, [...(broken.get(missing) ?? []), write]);
  }
  return broken;
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Which tables each kind keeps for itself, with a column of theirs that no other has. */
const shadowsOf: Readonly<Record<string, readonly (readonly [suffix: string, column: string])[]>> = {
  FTS5: [
    ['_data', 'block'],
    ['_idx', 'pgno'],
    ['_config', 'k'],
  ],
  FTS4: [
    ['_segments', 'blockid'],
    ['_segdir', 'leaves_end_block'],
  ],
  'R-Tree': [
    ['_node', 'nodeno'],
    ['_parent', 'parentnode'],
    ['_rowid', 'nodeno'],
  ],
};

function* orphanedShadows(database: Database.Database): Iterable<Finding> {
  const all = new Set(
    database.prepare("SELECT lower(name) FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[],
  );
  for (const [kind, shadows] of Object.entries(shadowsOf)) {
    const [firstSuffix] = shadows[0] as readonly [string, string];
    for (const name of all) {
      const parent = name.endsWith(firstSuffix) ? name.slice(0, -firstSuffix.length) : '';
      if (parent === '' || all.has(parent)) continue;
      const isWhole = shadows.every(([suffix, column]) =>
        readColumns(database, parent + suffix).some((one) => one.name.toLowerCase() === column),
      );
      if (isWhole)
        yield warning(
          'shadow-orphaned',
          parent,
          `The tables of the ${kind} table ${parent} are there, and the table itself is not.`,
          { name: parent, module: kind },
        );
    }
  }
}
