/**
 * Writes a b-tree of records in the order in which they come. SQLite orders by a collation that it has to know; here
 * the order is what an application left behind, and nobody else can say what it should be.
 */
import { PagePool, type WritableDatabase } from './page-pool.ts';
import { localPayload } from './page-space.ts';
import { pointerKind } from './pointer-map.ts';

/** What is on the page of a record: `bytes` without the number of its left child. */
interface Cell {
  readonly bytes: Buffer;
  /** 0 on a leaf. */
  readonly child: number;
  /** First overflow page, 0 where all of it is here. */
  readonly overflow: number;
}

/** A page that is being filled. */
interface Level {
  cells: Cell[];
  bytes: number;
}

/**
 * Replaces what grows from `root`, which stays where it is. Nobody else may have the file open.
 * @param payloads whole records in order; each is used before the next is asked for
 */
export function replaceIndexTree(file: WritableDatabase, root: number, payloads: Iterable<Buffer>): void {
  const pool = new PagePool(file, root);
  const levels: Level[] = [];
  const sizeOf = ({ bytes }: Cell, depth: number): number =>
    2 + (depth === 0 ? Math.max(4, bytes.length) : 4 + bytes.length);
  const add = (depth: number, cell: Cell): void => {
    levels[depth] ??= { cells: [], bytes: depth === 0 ? 8 : 12 };
    const level = levels[depth] as Level;
    if (level.bytes + sizeOf(cell, depth) > file.usable) {
      // The last cell of a full page parts it from the next, so that no page is left empty. Four cells fit any page.
      const middle = level.cells.pop() as Cell;
      const page = pool.take();
      writePage(pool, file, page, level.cells, depth, middle.child);
      level.cells = [];
      level.bytes = depth === 0 ? 8 : 12;
      add(depth + 1, { ...middle, child: page });
    }
    level.cells.push(cell);
    level.bytes += sizeOf(cell, depth);
  };
  for (const payload of payloads) add(0, cellOf(payload, pool, file.usable));
  let lastChild = 0;
  for (let depth = 0; depth < Math.max(1, levels.length); depth += 1) {
    const isTop = depth + 1 >= levels.length;
    const page = isTop ? root : pool.take();
    writePage(pool, file, page, levels[depth]?.cells ?? [], depth, lastChild);
    lastChild = page;
  }
  pool.finish();
}

function writePage(
  pool: PagePool,
  { pageSize, usable }: WritableDatabase,
  page: number,
  cells: readonly Cell[],
  depth: number,
  lastChild: number,
): void {
  const bytes = Buffer.alloc(pageSize);
  const isLeaf = depth === 0;
  let content = usable;
  for (const [index, cell] of cells.entries()) {
    content -= isLeaf ? Math.max(4, cell.bytes.length) : 4 + cell.bytes.length;
    bytes.writeUInt16BE(content, (isLeaf ? 8 : 12) + 2 * index);
    if (!isLeaf) {
      bytes.writeUInt32BE(cell.child, content);
      pool.map(cell.child, pointerKind.tree, page);
    }
    cell.bytes.copy(bytes, isLeaf ? content : content + 4);
    if (cell.overflow !== 0) pool.map(cell.overflow, pointerKind.firstOverflow, page);
  }
  bytes[0] = isLeaf ? 10 : 2;
  bytes.writeUInt16BE(cells.length, 3);
  bytes.writeUInt16BE(content % 65_536, 5);
  if (!isLeaf) {
    bytes.writeUInt32BE(lastChild, 8);
    pool.map(lastChild, pointerKind.tree, page);
  }
  pool.write(page, bytes);
}

/** Its length, what fits on the page, and where the rest begins, which is written at once. */
function cellOf(payload: Buffer, pool: PagePool, usable: number): Cell {
  const local = localPayload(payload.length, usable, false);
  const length = varintOf(payload.length);
  if (local === payload.length) return { bytes: Buffer.concat([length, payload]), child: 0, overflow: 0 };
  const pages: number[] = [];
  for (let at = local; at < payload.length; at += usable - 4) pages.push(pool.take());
  for (const [index, page] of pages.entries()) {
    const bytes = Buffer.alloc(pool.pageSize);
    bytes.writeUInt32BE(pages[index + 1] ?? 0, 0);
    payload.copy(bytes, 4, local + index * (usable - 4), local + (index + 1) * (usable - 4));
    pool.write(page, bytes);
    if (index > 0) pool.map(page, pointerKind.overflow, pages[index - 1] as number);
  }
  const first = Buffer.alloc(4);
  first.writeUInt32BE(pages[0] as number);
  return { bytes: Buffer.concat([length, payload.subarray(0, local), first]), child: 0, overflow: pages[0] as number };
}

function varintOf(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 0x7f) | 0x80);
  return Buffer.from(bytes);
}
