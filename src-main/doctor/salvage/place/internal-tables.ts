/**
 * SQLite's own tables: sqlite_sequence and the statistics. They become no tables of the user's, not even when page 1
 * is gone and only their rows tell what they are: each begins with the name of a table.
 */

import { PageVisitor } from '../read/page-visitor.ts';
import type { SqlValue } from '../read/sql-value.ts';
import type { FoundSchema } from '../schema/find-schema.ts';
import type { SchemaModel, TableModel } from '../schema/table-model.ts';
import type { Session } from '../session.ts';
import { fitOf } from './table-fit.ts';

/** By lower-case name of an AUTOINCREMENT table, the largest rowid it ever gave. */
export type Sequences = ReadonlyMap<string, SqlValue>;

/** Takes the pages of SQLite's own tables, so that they are nobody's orphans, and reads what the sequences say. */
export function takeInternalTables(
  session: Session,
  schema: SchemaModel,
  found: FoundSchema,
  rooted: ReadonlyMap<TableModel, unknown>,
): Sequences {
  const { map, forest } = session;
  const sequences = new Map<string, SqlValue>();
  const visitor = new PageVisitor(session);
  for (const { name, type, rootPage } of found.statements) {
    if (type !== 'table' || !/^sqlite_/i.test(name) || rootPage === undefined) continue;
    if (!map.isTree(rootPage) || map.owner[rootPage] !== 0) continue;
    for (const leaf of forest.follow(rootPage, true).leaves)
      if (name === 'sqlite_sequence') readSequences(session, visitor, leaf, sequences);
  }
  if (found.isWhole) return sequences;
  const names = namesOf(schema);
  const homeless = schema.tables.filter((table) => !rooted.has(table) && !table.isWithoutRowid);
  for (const page of forest.orphanRoots()) {
    const kind = kindOfPage(session, visitor, page, names);
    // Where a table of the user's looks just like it, nothing is taken from him.
    if (kind === undefined || homeless.some((table) => fitOf(session, [page], table) > 0.9)) continue;
    forest.follow(page, true);
    if (kind === 'sequence') readSequences(session, visitor, page, sequences);
  }
  return sequences;
}

interface Names {
  readonly counted: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
}

const namesOf = ({ tables }: SchemaModel): Names => ({
  counted: new Set(tables.filter((table) => table.isAutoincrement).map((table) => table.name)),
  tables: new Set(tables.map((table) => table.name)),
});

type InternalKind = 'sequence' | 'statistics';

function kindOfPage(
  { map, reader }: Session,
  visitor: PageVisitor,
  number: number,
  names: Names,
): InternalKind | undefined {
  if (map.type[number] !== 13 || map.cells[number] === 0 || !visitor.open(number)) return undefined;
  let kind: InternalKind | undefined;
  for (let cell = 0; cell < visitor.page.cellCount; cell += 1) {
    if (reader.read(visitor.page, visitor.bytes, cell) !== undefined) return undefined;
    const values = Array.from({ length: Math.min(7, reader.record.count) }, (_, field) => reader.value(field, 'BLOB'));
    const here = kindOfRow(values, names);
    if (here === undefined || (kind !== undefined && kind !== here)) return undefined;
    kind = here;
  }
  return kind;
}

/** `sqlite_sequence(name, seq)`, `sqlite_stat1(tbl, idx, stat)`, `sqlite_stat4(tbl, idx, neq, nlt, ndlt, sample)`. */
function kindOfRow(values: readonly SqlValue[], names: Names): InternalKind | undefined {
  const [table, second, third] = values;
  if (typeof table !== 'string') return undefined;
  if (values.length === 2) return names.counted.has(table) && typeof second === 'bigint' ? 'sequence' : undefined;
  const isStatistics =
    (values.length === 3 || values.length === 6) &&
    names.tables.has(table) &&
    (second === null || typeof second === 'string') &&
    typeof third === 'string' &&
    statisticsText.test(third);
  return isStatistics ? 'statistics' : undefined;
}

/** Row counts, and the few words that ANALYZE adds to them. */
const statisticsText = /^\d+(?: \d+)*(?: (?:unordered|noskipscan|sz=\d+))*$/;

function readSequences(
  { reader }: Session,
  visitor: PageVisitor,
  number: number,
  sequences: Map<string, SqlValue>,
): void {
  if (!visitor.open(number) || visitor.page.verdict === 'inconsistent') return;
  for (let cell = 0; cell < visitor.page.cellCount; cell += 1) {
    if (visitor.page.flaws[cell] !== 0 || reader.read(visitor.page, visitor.bytes, cell) !== undefined) continue;
    if (reader.record.count !== 2) continue;
    const name = reader.value(0, 'TEXT');
    const sequence = reader.value(1, 'INTEGER');
    if (typeof name === 'string') sequences.set(name.toLowerCase(), sequence);
  }
}
