/**
 * An R-Tree keeps three tables that name one another's rows: `_rowid` says in which node each box is, `_parent` which
 * node is below which, and the nodes hold the ids of their boxes. Whoever is named in one and not in the other is
 * missing.
 */
import { quoteName } from '../../quote-name.ts';
import type { TableWriter } from '../write/table-writer.ts';

const headerBytes = 4;
/** An id and two coordinates for each of one to five dimensions. */
const cellSizes = [16, 24, 32, 40, 48] as const;

/** Once all tables are written. */
export function noteMissingBoxes(writers: readonly TableWriter[]): void {
  const byName = new Map(writers.map((writer) => [writer.table.name.toLowerCase(), writer]));
  for (const nodes of writers) {
    const [, name] = /^(.+)_node$/i.exec(nodes.table.name) ?? [];
    const rowids = byName.get(`${name?.toLowerCase()}_rowid`);
    const parents = byName.get(`${name?.toLowerCase()}_parent`);
    if (rowids === undefined || parents === undefined) continue;
    if (has(nodes, 'data') && has(rowids, 'nodeno') && has(parents, 'parentnode')) note(nodes, rowids, parents);
  }
}

const has = ({ table }: TableWriter, column: string): boolean =>
  table.columns.some(({ name }) => name.toLowerCase() === column);

function note(nodes: TableWriter, rowids: TableWriter, parents: TableWriter): void {
  const { db } = nodes.target;
  const [node, rowid, parent] = [nodes, rowids, parents].map(({ table }) => quoteName(table.name));
  const list = (sql: string): bigint[] => db.prepare(sql).pluck().safeIntegers().all() as bigint[];
  const named = `SELECT nodeno FROM ${rowid} UNION SELECT nodeno FROM ${parent} UNION SELECT parentnode FROM ${parent}`;
  for (const number of list(`SELECT nodeno FROM (${named}) WHERE nodeno NOT IN (SELECT nodeno FROM ${node})`))
    nodes.missing.add(number);
  // Of a node that no parent is known of, nobody can tell whether it holds boxes or nodes.
  const isLeaf = `nodeno IN (SELECT nodeno FROM ${parent} UNION SELECT 1) AND nodeno NOT IN (SELECT parentnode FROM ${parent})`;
  const areParentsWhole =
    list(`SELECT nodeno FROM ${node} WHERE nodeno <> 1 AND nodeno NOT IN (SELECT nodeno FROM ${parent}) LIMIT 1`)
      .length === 0;
  if (!areParentsWhole) return;
  const leaves = db
    .prepare(`SELECT nodeno, data FROM ${node} WHERE ${isLeaf} AND typeof(data) = 'blob'`)
    .raw()
    .safeIntegers()
    // Other statements run meanwhile: SQLite lets them, the driver only on a list.
    .all() as [bigint, Buffer][];
  const find = db.prepare(`SELECT 1 FROM ${rowid} WHERE rowid = ?`).pluck();
  const isKnown = (id: bigint): boolean => find.get(id) !== undefined;
  const size = cellSizeOf(leaves, isKnown);
  if (size === undefined) return;
  for (const [, data] of leaves) for (const id of idsOf(data, size)) if (!isKnown(id)) rowids.missing.add(id);
}

/**
 * The one at which most different ids are known (at half the size coordinates may look like ids, of half the cells);
 * undefined where hardly any is.
 */
function cellSizeOf(
  leaves: readonly (readonly [bigint, Buffer])[],
  isKnown: (id: bigint) => boolean,
): number | undefined {
  const sample = leaves.slice(0, 64);
  const found = cellSizes.map((size) => {
    const ids = new Set(sample.flatMap(([, data]) => idsOf(data, size)));
    return { size, known: [...ids].filter(isKnown).length, all: ids.size };
  });
  const best = found.reduce((one, other) => (other.known > one.known ? other : one));
  return best.known > 0 && best.known >= 0.3 * best.all ? best.size : undefined;
}

function idsOf(data: Buffer, size: number): bigint[] {
  if (data.length < headerBytes) return [];
  const cells = Math.min(data.readUInt16BE(2), Math.floor((data.length - headerBytes) / size));
  return Array.from({ length: cells }, (_, cell) => data.readBigInt64BE(headerBytes + cell * size));
}
