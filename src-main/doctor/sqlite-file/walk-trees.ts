/**
 * Follows every tree from the list of tables down, without SQL: are the pages of one state of one database? Pages that
 * belong to different states do not fit together: a page serves two trees, keys fall out of their parent's range, an
 * index has another number of entries.
 */
import { BtreePage, pageType } from './btree-page.ts';
import type { PageSource } from './page-source.ts';
import { RecordReader } from './record.ts';
import { lastVarint, type Rowid, readVarint } from './varint.ts';

export interface TreeWalk {
  readonly isSound: boolean;
  /** In all tables; what was met, also where it is not sound. */
  readonly rows: number;
  /** By the table's name. */
  readonly rowsOf: ReadonlyMap<string, number>;
}

interface Root {
  readonly type: string;
  readonly table: string;
  readonly page: number;
  /** An index over all rows: no condition, as far as its text can be seen. */
  readonly isWhole: boolean;
}

/** Deeper than any tree of SQLite's. */
const maxLevels = 40;

export function walkTrees(source: PageSource, signal?: AbortSignal): TreeWalk {
  const walker = new Walker(source, signal);
  const roots: Root[] = [];
  walker.walk(1, true, (bytes, start, length) => {
    const root = readRoot(bytes, start, length);
    if (root === 'unreadable') walker.isSound = false;
    else if (root !== null) roots.push(root);
  });
  const rowsOf = new Map<string, number>();
  let rows = 0;
  for (const { type, table, page } of roots) {
    if (type !== 'table') continue;
    const count = walker.walk(page, walker.isTableTree(page));
    rowsOf.set(table, count);
    rows += count;
  }
  for (const { type, table, page, isWhole } of roots) {
    if (type !== 'index') continue;
    const entries = walker.walk(page, false);
    if (isWhole && rowsOf.get(table) !== entries) walker.isSound = false;
  }
  return { isSound: walker.isSound, rows, rowsOf };
}

/** Of a payload on its page; gets bytes, where it begins and how much of it is there. */
type Visit = (bytes: Buffer, start: number, length: number) => void;

class Walker {
  isSound = true;
  readonly #source: PageSource;
  readonly #signal: AbortSignal | undefined;
  readonly #seen: Uint8Array;
  readonly #page: BtreePage;
  #visited = 0;

  constructor(source: PageSource, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#signal = signal;
    this.#page = new BtreePage(source.pageSize);
    this.#seen = new Uint8Array(source.pageCount + 1);
  }

  /** A table without rowids is an index tree. */
  isTableTree(root: number): boolean {
    const kind = this.#source.read(root)?.[root === 1 ? 100 : 0];
    return kind === pageType.leafTable || kind === pageType.interiorTable;
  }

  /** @returns rows or entries */
  walk(root: number, isTable: boolean, visit?: Visit): number {
    return this.#descend(root, isTable, 0, null, null, visit);
  }

  /** Rowids of the page lie above `above` and up to `upTo`; null: no bound. */
  #descend(
    number: number,
    isTable: boolean,
    level: number,
    above: Rowid | null,
    upTo: Rowid | null,
    visit?: Visit,
  ): number {
    const bytes = this.#take(number);
    if (bytes === null || level > maxLevels) return this.#fail();
    this.#visited += 1;
    if (this.#visited % 1024 === 0) this.#signal?.throwIfAborted();
    const page = this.#page;
    const copy = Buffer.from(bytes);
    page.parse(copy, number, this.#source.usable);
    const { type } = page;
    const isOfKind = isTable
      ? type === pageType.leafTable || type === pageType.interiorTable
      : type === pageType.leafIndex || type === pageType.interiorIndex;
    if (!isOfKind || page.badCells > 0) return this.#fail();
    const isLeaf = type > 8;
    let low = above;
    let count = 0;
    // Children are taken apart in the same place, so what is needed of this one is read first.
    const cells = Array.from({ length: page.cellCount }, (_, cell) => ({
      child: page.child[cell] as number,
      rowid: page.rowids[cell] as Rowid,
      start: page.payloadStart[cell] as number,
      local: page.localLength[cell] as number,
      overflow: page.overflow[cell] as number,
    }));
    const { rightChild } = page;
    for (const { child, rowid, start, local, overflow } of cells) {
      if (isTable && ((low !== null && rowid <= low) || (upTo !== null && rowid > upTo))) this.#fail();
      if (!isLeaf) count += this.#descend(child, isTable, level + 1, low, isTable ? rowid : null, visit);
      if (overflow !== 0) this.#follow(overflow);
      if (isLeaf || !isTable) {
        count += 1;
        visit?.(copy, start, local);
      }
      if (isTable) low = rowid;
    }
    return isLeaf ? count : count + this.#descend(rightChild, isTable, level + 1, low, upTo, visit);
  }

  #follow(first: number): void {
    for (let page = first; page !== 0; ) {
      const bytes = this.#take(page);
      if (bytes === null) return void this.#fail();
      page = bytes.readUInt32BE(0);
    }
  }

  /** null: it is not there, or belongs to something else already. */
  #take(page: number): Buffer | null {
    if (page < 1 || page > this.#source.pageCount || this.#seen[page] === 1) return null;
    this.#seen[page] = 1;
    const bytes = this.#source.read(page);
    return bytes === undefined || bytes.length < this.#source.usable ? null : bytes;
  }

  #fail(): 0 {
    this.isSound = false;
    return 0;
  }
}

const record = new RecordReader(true);

/**
 * null: a view, a trigger, or a table without pages. The text of the statement may go on elsewhere; the fields before
 * it are short.
 */
function readRoot(bytes: Buffer, start: number, local: number): Root | 'unreadable' | null {
  const headerLength = readVarint(bytes, start, start + local);
  if (lastVarint.end === -1 || headerLength > local) return 'unreadable';
  // The length that the header itself names, so that a statement on overflow pages is no fault.
  const total = payloadOf(bytes, start, headerLength);
  if (!record.parse(bytes, start, total, local) || record.count < 5) return 'unreadable';
  const text = (field: number): string | null => {
    const [at, length] = [record.starts[field] as number, record.lengths[field] as number];
    return at + length > start + local ? null : bytes.toString('utf8', at, at + length);
  };
  const [type, table] = [text(0), text(2)];
  const [rootAt, rootLength] = [record.starts[3] as number, record.lengths[3] as number];
  if (type === null || table === null || rootAt + rootLength > start + local) return 'unreadable';
  const kind = record.types[3] as number;
  const page = kind === 8 || kind === 0 ? 0 : kind === 9 ? 1 : bytes.readUIntBE(rootAt, Math.min(6, rootLength));
  if (page === 0) return null;
  const sql = (record.types[4] as number) === 0 ? '' : text(4);
  return { type: type.replaceAll('\0', ''), table, page, isWhole: sql !== null && !/\bwhere\b/i.test(sql) };
}

function payloadOf(bytes: Buffer, start: number, headerLength: number): number {
  let total = headerLength;
  readVarint(bytes, start, start + headerLength);
  for (let at = lastVarint.end; at < start + headerLength; at = lastVarint.end) {
    const type = readVarint(bytes, at, start + headerLength);
    if (lastVarint.end === -1) return total;
    total += type >= 12 ? Math.floor((type - 12) / 2) : ([0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] as number);
  }
  return total;
}
