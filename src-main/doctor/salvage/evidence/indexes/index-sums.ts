/**
 * What surviving indexes say about the rows. Each index entry names a rowid and repeats column values: summed by leaf
 * page of the table, hashes of the rows and of the entries must agree. Only where they don't are rows compared one by
 * one, so memory stays in proportion to pages.
 */

import { BtreePage } from '../../../sqlite-file/btree-page.ts';
import type { Tree } from '../../read/forest.ts';
import { hashNumber, mixHash, type RowReader, storageClass } from '../../read/row-reader.ts';
import type { IndexModel, TableModel } from '../../schema/table-model.ts';

/** Sums for the leaf pages of one table under one index. */
export interface IndexSums {
  readonly index: IndexModel;
  readonly tree: Tree;
  /** Field of the table's record behind each key field; -1 is the rowid. */
  readonly fields: readonly number[];
  readonly sums: Int32Array;
  readonly counts: Int32Array;
  /** Leaves whose rows can't be compared: a record too short to hold the column. */
  readonly skip: Uint8Array;
}

/** undefined where entries can't be computed from records: expressions, partial indexes, virtual columns. */
export function indexSums(table: TableModel, index: IndexModel, tree: Tree, leaves: number): IndexSums | undefined {
  if (index.isPartial || table.isWithoutRowid) return undefined;
  const fields: number[] = [];
  for (const part of index.keys) {
    if (part.column === -2) return undefined;
    const field = part.column === -1 || part.column === table.rowidColumn ? -1 : table.fields.indexOf(part.column);
    if (field === -1 && part.column !== -1 && part.column !== table.rowidColumn) return undefined;
    fields.push(field);
  }
  return {
    index,
    tree,
    fields,
    sums: new Int32Array(leaves),
    counts: new Int32Array(leaves),
    skip: new Uint8Array(leaves),
  };
}

/** Hash of the reader's current table row as the index would hold it. */
export function hashRow(reader: RowReader, fields: readonly number[], rowid: number | bigint): number | undefined {
  let hash = 0x811c_9dc5;
  for (const field of fields) {
    if (field >= reader.record.count) return undefined;
    hash = mixHash(hash, field === -1 ? hashNumber(rowid) : reader.hashValue(field));
  }
  return hash;
}

export function addRow(sums: IndexSums, leaf: number, reader: RowReader, rowid: number | bigint): void {
  const hash = hashRow(reader, sums.fields, rowid);
  if (hash === undefined) sums.skip[leaf] = 1;
  else {
    sums.sums[leaf] = ((sums.sums[leaf] as number) + mixHash(hash, hashNumber(rowid))) | 0;
    sums.counts[leaf] = (sums.counts[leaf] as number) + 1;
  }
}

export interface IndexEntry {
  readonly rowid: number | bigint;
  /** Without the rowid. */
  readonly hash: number;
  readonly page: number;
  /** Bytes of the key; valid for the call only. */
  keyBytes(): Buffer;
}

/**
 * Calls `take` for each entry of the tree that can be read whole. Returns whether the tree could be read without loss.
 */
export async function readEntries(
  tree: Tree,
  reader: RowReader,
  keys: number,
  pause: () => Promise<void>,
  take: (entry: IndexEntry) => void,
): Promise<boolean> {
  const fields = Array.from({ length: keys }, (_, field) => field);
  const keyBytes = (): Buffer => reader.bytesOf(fields);
  return visitEntries(tree, reader, keys + 1, pause, (page) => {
    const rowid = reader.value(keys, 'INTEGER');
    if (reader.lastClass !== storageClass.integer) return false;
    let hash = 0x811c_9dc5;
    for (let field = 0; field < keys; field += 1) hash = mixHash(hash, reader.hashValue(field));
    take({ rowid: rowid as number | bigint, hash, page, keyBytes });
    return true;
  });
}

/**
 * Leaves the reader at each sound entry with so many fields; `visit` answers whether it is one. Returns whether the
 * tree could be read without loss.
 */
export async function visitEntries(
  tree: Tree,
  reader: RowReader,
  fields: number,
  pause: () => Promise<void>,
  visit: (page: number) => boolean,
): Promise<boolean> {
  const page = new BtreePage(reader.source.pageSize);
  let isWhole = tree.isWhole;
  const copy = Buffer.allocUnsafe(reader.source.pageSize);
  let step = 0;
  for (const leaf of tree.leaves) {
    step += 1;
    if (step % 1024 === 0) await pause();
    const bytes = reader.source.read(leaf);
    if (bytes === undefined) continue;
    bytes.copy(copy);
    page.parse(copy.subarray(0, bytes.length), leaf, reader.source.usable, reader.record);
    if (page.verdict === 'inconsistent') isWhole = false;
    if (page.verdict === 'inconsistent' || page.verdict === 'other') continue;
    for (let cell = 0; cell < page.cellCount; cell += 1) {
      const isGood =
        page.flaws[cell] === 0 && reader.read(page, copy, cell) === undefined && reader.record.count === fields;
      if (!isGood || !visit(leaf)) isWhole = false;
    }
  }
  return isWhole;
}
