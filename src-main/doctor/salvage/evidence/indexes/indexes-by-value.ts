/**
 * Compares a table with its surviving indexes by value and in SQL, and takes out of it what they contradict: a table
 * without rowids, whose keys are no numbers that pages could be sorted by, and the indexes on virtual columns, which
 * no record holds.
 */

import { quoteName } from '../../../quote-name.ts';
import type { Tree } from '../../read/forest.ts';
import type { SqlValue } from '../../read/sql-value.ts';
import type { IndexModel, TableModel } from '../../schema/table-model.ts';
import type { Session } from '../../session.ts';
import type { TableWriter } from '../../write/table-writer.ts';

import type { Evidence } from '../evidence.ts';
import { type IndexFindings, nothingFound } from './index-findings.ts';
import { visitEntries } from './index-sums.ts';
import { noWitness } from './indexes-by-rowid.ts';
import { isCopied } from './is-copied.ts';

/** Rows and entries that differ at most; an index that disagrees with more is no evidence at all. */
const maxDifferent = 100_000;

/** No name of a user's table: temporary tables hide those of the same name. */
const store = 'temp."hakgal: entries"';

type Keys = ReadonlyMap<string, readonly SqlValue[]>;

export const indexesByValue: Evidence = {
  id: 'indexes-by-value',
  async *judge({ session, writer, indexTrees, pause }) {
    const { table } = writer;
    let findings = nothingFound;
    for (const index of table.indexes) {
      const tree = indexTrees.get(index.name);
      if (tree === undefined || !isComparable(table, index)) continue;
      const { count, isWhole } = await storeEntries(session, writer, index, tree, pause);
      const rows = differing(writer, index, 'rows');
      const extraEntries = differing(writer, index, 'entries');
      if (count === 0) continue;
      if (Math.max(rows.size, extraEntries.size) > maxDifferent) {
        session.notes.push(noWitness(index.name));
        continue;
      }
      const missing = [...extraEntries].flatMap(([key, values]) => (rows.has(key) ? [] : [values]));
      findings = {
        ...findings,
        ...(isWhole && {
          // Of a table with rowids other indexes count the rows.
          ...(table.isWithoutRowid && {
            entries: Math.max(findings.entries ?? 0, count),
            agrees: findings.agrees || rows.size === 0,
          }),
          confirmed: Math.max(findings.confirmed, writer.certain - rows.size),
        }),
        ...(table.isWithoutRowid && missing.length > findings.missingKeys.length && { missingKeys: missing }),
      };
      if (!table.isWithoutRowid) for (const [rowid] of missing) yield { kind: 'row-missing', rowid: rowid as bigint };
      for (const [key, values] of rows)
        if (isWhole || extraEntries.has(key))
          yield { kind: 'row-contradicted', key: { values }, reason: 'index-disagrees' };
    }
    writer.target.db.exec(`DROP TABLE IF EXISTS ${store}`);
    yield { kind: 'findings', findings };
  },
};

/** Every entry is made of values that the table shows, and no other witness hears the index. */
const isComparable = (table: TableModel, { isPartial, fields, keys }: IndexModel): boolean =>
  !isPartial &&
  fields.every(({ column }) => column !== expression) &&
  (table.isWithoutRowid || keys.some(({ column }) => table.columns[column]?.generated === 'virtual'));

/** `isWhole`: every entry of the index could be read. */
async function storeEntries(
  session: Session,
  { target, table }: TableWriter,
  index: IndexModel,
  tree: Tree,
  pause: () => Promise<void>,
): Promise<{ readonly count: number; readonly isWhole: boolean }> {
  const { reader } = session;
  const { db } = target;
  const columns = index.fields.map((_, field) => `e${field}`);
  db.exec(`DROP TABLE IF EXISTS ${store}; CREATE TABLE ${store}(${columns.join(', ')})`);
  const insert = db.prepare(`INSERT INTO ${store} VALUES (${columns.map(() => '?').join(', ')})`);
  let count = 0;
  const isWhole = await visitEntries(tree, reader, index.fields.length, pause, (page) => {
    // A page of the table itself, or of another index, may look just like one of this index.
    if (isCopied(session, page)) return false;
    insert.run(
      index.fields.map(({ column }, field) => reader.value(field, table.columns[column]?.affinity ?? 'INTEGER', true)),
    );
    count += 1;
    return true;
  });
  return { count, isWhole };
}

/** Primary keys of the rows that equal no entry, or of the entries that equal no row. */
function differing({ target, table }: TableWriter, index: IndexModel, which: 'rows' | 'entries'): Keys {
  const keyPlaces = keyOf(table).map((column) => index.fields.findIndex((part) => part.column === column));
  // Under another collation SQLite would take 'a' and 'A' for the same.
  const named = (nameOf: (column: number, field: number) => string): string =>
    index.fields.map(({ column }, field) => `${nameOf(column, field)} COLLATE BINARY AS e${field}`).join(', ');
  const rows = `SELECT ${named((column) => nameOf(table, column))} FROM ${quoteName(table.name)}`;
  const entries = `SELECT ${named((_, field) => `e${field}`)} FROM ${store}`;
  const found = target.db
    .prepare(
      `SELECT ${keyPlaces.map((place) => `e${place}`).join(', ')}
       FROM (${which === 'rows' ? `${rows} EXCEPT ${entries}` : `${entries} EXCEPT ${rows}`}) LIMIT ${maxDifferent + 1}`,
    )
    .raw()
    .safeIntegers();
  const keys = new Map<string, readonly SqlValue[]>();
  for (const values of found.iterate() as Iterable<SqlValue[]>) keys.set(values.map(textOf).join('\u0000'), values);
  return keys;
}

/** Columns as an index names them: -1 is the rowid. */
const keyOf = ({ isWithoutRowid, key }: TableModel): number[] =>
  isWithoutRowid ? key.map(({ column }) => column) : [-1];
const expression = -2;

const nameOf = ({ columns, rowidName = 'NULL' }: TableModel, column: number): string =>
  column === -1 ? rowidName : quoteName((columns[column] as TableModel['columns'][number]).name);

/** The same for values that SQLite takes for equal. */
function textOf(value: SqlValue): string {
  if (Buffer.isBuffer(value)) return `x${value.toString('hex')}`;
  if (typeof value === 'number' && Number.isInteger(value)) return String(BigInt(value));
  return typeof value === 'string' ? `'${value}` : String(value);
}

/** How many of these keys are neither in the table nor among its doubtful rows. */
export function countMissing({ target, table }: TableWriter, keys: IndexFindings['missingKeys']): number {
  if (keys.length === 0) return 0;
  const where = keyOf(table)
    .map((column) => `${nameOf(table, column)} IS ?`)
    .join(' AND ');
  const places = [table.name, target.sideName('doubtful', table)].filter((name) => name !== null);
  const lookups = places.map((name) => target.db.prepare(`SELECT 1 FROM ${quoteName(name)} WHERE ${where}`));
  return keys.filter((key) => lookups.every((lookup) => lookup.get(...key) === undefined)).length;
}
