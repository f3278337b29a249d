/**
 * One b-tree page taken apart, every offset checked: cells, free blocks and free space must tile the page exactly, as they do
 * in every page that SQLite wrote. Reused from page to page, so that scanning a file allocates nothing.
 */
import { type RecordReader, recordFlaw } from './record.ts';
import { lastVarint, type Rowid, readRowid, readVarint } from './varint.ts';

export const pageType = { interiorIndex: 2, interiorTable: 5, leafIndex: 10, leafTable: 13 } as const;

export type Verdict =
  /** Everything adds up. */
  | 'consistent'
  /** One cell (or one in a hundred) is damaged, the rest adds up around it. */
  | 'few-bad-cells'
  /** The parts do not add up: no cell of it can be vouched for. */
  | 'inconsistent'
  /** No b-tree page. */
  | 'other';

export const cellFlaw = { none: 0, outside: 1, malformed: 2, overlaps: 4, outOfOrder: 8 } as const;

/** Each cell takes two bytes of pointer and at least four of its own. */
const mostCells = (pageSize: number): number => Math.floor((pageSize - 8) / 6);

export class BtreePage {
  type = 0;
  verdict: Verdict = 'other';
  cellCount = 0;
  rightChild = 0;
  badCells = 0;
  readonly flaws: Uint8Array;
  readonly start: Int32Array;
  readonly size: Int32Array;
  /** Where the payload begins, how long it is in all, and how much of it is on this page. */
  readonly payloadStart: Int32Array;
  readonly payloadLength: Float64Array;
  readonly localLength: Int32Array;
  /** First overflow page, 0 where there is none. */
  readonly overflow: Float64Array;
  /** Left child of an interior page's cell. */
  readonly child: Float64Array;
  readonly rowids: Rowid[] = [];
  readonly #order: Float64Array;

  readonly #maxCells: number;

  constructor(pageSize: number) {
    const room = mostCells(pageSize);
    this.#maxCells = room;
    this.flaws = new Uint8Array(room);
    this.start = new Int32Array(room);
    this.size = new Int32Array(room);
    this.payloadStart = new Int32Array(room);
    this.payloadLength = new Float64Array(room);
    this.localLength = new Int32Array(room);
    this.overflow = new Float64Array(room);
    this.child = new Float64Array(room);
    this.#order = new Float64Array(room);
  }

  /** Takes `bytes` apart as page `page`. With a record reader each cell's record header is checked too. */
  parse(bytes: Buffer, page: number, usable: number, record?: RecordReader): Verdict {
    this.cellCount = 0;
    this.badCells = 0;
    this.rightChild = 0;
    this.verdict = 'other';
    const head = page === 1 ? 100 : 0;
    this.type = bytes.length > head ? (bytes[head] as number) : 0;
    const type = this.type;
    if (bytes.length < usable || (type !== 13 && type !== 10 && type !== 5 && type !== 2)) return this.verdict;
    const isInterior = type < 8;
    const pointers = head + (isInterior ? 12 : 8);
    const count = bytes.readUInt16BE(head + 3);
    const rawContent = bytes.readUInt16BE(head + 5);
    const content = rawContent === 0 ? 65_536 : rawContent;
    const fragments = bytes[head + 7] as number;
    if (isInterior) this.rightChild = bytes.readUInt32BE(head + 8);
    if (pointers + 2 * count > usable || count > this.#maxCells) return this.verdict;
    this.cellCount = count;
    // An empty page carries no proof of being one unless its content area is empty as well.
    let isSound = content >= pointers + 2 * count && content <= usable && fragments <= 60;
    let covered = 0;
    for (let cell = 0; cell < count; cell += 1) {
      const at = bytes.readUInt16BE(pointers + 2 * cell);
      const flaw =
        at < pointers + 2 * count || at > usable - 4
          ? cellFlaw.outside
          : this.#parseCell(bytes, cell, at, usable, record);
      this.flaws[cell] = flaw;
      this.start[cell] = at;
      if (flaw !== 0) {
        this.badCells += 1;
        if (flaw === cellFlaw.outside) this.#blank(cell);
      } else {
        covered += this.size[cell] as number;
        if (at < content) isSound = false;
      }
    }
    this.#markOverlaps();
    if (type === 13 || type === 5) this.#markDisorder();
    const free = freeBlockBytes(bytes, bytes.readUInt16BE(head + 1), content, usable);
    const uncovered = usable - content - covered - free;
    if (free < 0) isSound = false;
    if (this.badCells === 0) {
      // A bare fragment count one bit off touches no cell.
      const isCounted =
        uncovered === fragments || (uncovered >= 0 && uncovered <= 60 && isOneBit(uncovered ^ fragments));
      this.verdict = isSound && isCounted ? 'consistent' : 'inconsistent';
    } else {
      // Two bad cells on a page of hundreds are two accidents, on a page of ten they are one that went over the page.
      const isConfined =
        this.badCells <= 1 + count / 100 &&
        count > 1 &&
        (uncovered >= fragments + 4 * this.badCells || this.#hasOnlyDisorder());
      this.verdict = isSound && isConfined ? 'few-bad-cells' : 'inconsistent';
    }
    return this.verdict;
  }

  #parseCell(bytes: Buffer, cell: number, at: number, usable: number, record: RecordReader | undefined): number {
    const type = this.type;
    let position = at;
    this.#blank(cell);
    if (type < 8) {
      this.child[cell] = bytes.readUInt32BE(at);
      position += 4;
    }
    if (type === 5) {
      this.rowids[cell] = readRowid(bytes, position, usable);
      if (lastVarint.end === -1) return cellFlaw.malformed;
      this.size[cell] = lastVarint.end - at;
      return lastVarint.isShortest ? 0 : cellFlaw.malformed;
    }
    const payload = readVarint(bytes, position, usable);
    if (lastVarint.end === -1 || payload > 0x7fff_ffff) return cellFlaw.malformed;
    let isShortest = lastVarint.isShortest;
    position = lastVarint.end;
    if (type === 13) {
      this.rowids[cell] = readRowid(bytes, position, usable);
      if (lastVarint.end === -1) return cellFlaw.malformed;
      isShortest &&= lastVarint.isShortest;
      position = lastVarint.end;
    }
    const local = localPayload(payload, usable, type === 13);
    const end = position + local + (local < payload ? 4 : 0);
    this.payloadStart[cell] = position;
    this.payloadLength[cell] = payload;
    this.size[cell] = Math.max(4, end - at);
    if (end > usable) {
      this.localLength[cell] = Math.max(0, Math.min(local, usable - position));
      return cellFlaw.malformed;
    }
    this.localLength[cell] = local;
    if (local < payload) this.overflow[cell] = bytes.readUInt32BE(position + local);
    if (record !== undefined) {
      const isWhole = record.parse(bytes, position, payload, local);
      // A header so wide that it spills onto overflow pages can't be judged from here.
      const isSpilled =
        !isWhole && local < payload && record.flaw === recordFlaw.length && bytes[position] !== undefined;
      if (isSpilled && readVarint(bytes, position, usable) > local) return isShortest ? 0 : cellFlaw.malformed;
      if (!isWhole || record.flaw !== 0) return cellFlaw.malformed;
    }
    return isShortest ? 0 : cellFlaw.malformed;
  }

  #blank(cell: number): void {
    this.size[cell] = 0;
    this.payloadStart[cell] = 0;
    this.payloadLength[cell] = 0;
    this.localLength[cell] = 0;
    this.overflow[cell] = 0;
    this.child[cell] = 0;
    this.rowids[cell] = 0;
  }

  /** Cells usually lie from the end of the page downwards, in order; only where they don't are they sorted. */
  #markOverlaps(): void {
    const count = this.cellCount;
    let isDescending = true;
    for (let cell = 1; cell < count && isDescending; cell += 1)
      isDescending =
        this.flaws[cell - 1] === 0 &&
        this.flaws[cell] === 0 &&
        (this.start[cell] as number) + (this.size[cell] as number) <= (this.start[cell - 1] as number);
    if (isDescending) return;
    let good = 0;
    for (let cell = 0; cell < count; cell += 1)
      if (this.flaws[cell] === 0) this.#order[good++] = (this.start[cell] as number) * 16_384 + cell;
    const order = this.#order.subarray(0, good).sort();
    let reach = 0;
    let last = -1;
    for (let index = 0; index < good; index += 1) {
      const cell = (order[index] as number) % 16_384;
      const at = this.start[cell] as number;
      if (at < reach) {
        this.#flag(cell, cellFlaw.overlaps);
        if (last >= 0) this.#flag(last, cellFlaw.overlaps);
      }
      if (at + (this.size[cell] as number) > reach) {
        reach = at + (this.size[cell] as number);
        last = cell;
      }
    }
  }

  /** Rowids grow from cell to cell. Where one does not fit, the one whose removal restores the order is to blame; in doubt both. */
  #markDisorder(): void {
    const rowids = this.rowids;
    const count = this.cellCount;
    for (let cell = 1; cell < count; cell += 1) {
      const before = rowids[cell - 1] as Rowid;
      const here = rowids[cell] as Rowid;
      if (before < here || this.flaws[cell - 1] !== 0 || this.flaws[cell] !== 0) continue;
      const fitsWithoutBefore = cell < 2 || (rowids[cell - 2] as Rowid) < here;
      const fitsWithoutHere = cell + 1 >= count || before < (rowids[cell + 1] as Rowid);
      if (fitsWithoutBefore || !fitsWithoutHere) this.#flag(cell - 1, cellFlaw.outOfOrder);
      if (fitsWithoutHere || !fitsWithoutBefore) this.#flag(cell, cellFlaw.outOfOrder);
    }
  }

  #flag(cell: number, flaw: number): void {
    if (this.flaws[cell] === 0) this.badCells += 1;
    this.flaws[cell] = (this.flaws[cell] as number) | flaw;
  }

  /** A disordered cell still takes its own room. */
  #hasOnlyDisorder(): boolean {
    for (let cell = 0; cell < this.cellCount; cell += 1)
      if (this.flaws[cell] !== 0 && this.flaws[cell] !== cellFlaw.outOfOrder) return false;
    return true;
  }
}

/** How much of a payload is kept on the page itself, as the file format has it. */
export function localPayload(payload: number, usable: number, isTableLeaf: boolean): number {
  const most = isTableLeaf ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (payload <= most) return payload;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const local = least + ((payload - least) % (usable - 4));
  return local <= most ? local : least;
}

/** Bytes in the chain of free blocks, -1 where the chain is not one. */
function freeBlockBytes(bytes: Buffer, first: number, content: number, usable: number): number {
  let at = first;
  let total = 0;
  let floor = content;
  while (at !== 0) {
    if (at < floor || at > usable - 4) return -1;
    const next = bytes.readUInt16BE(at);
    const size = bytes.readUInt16BE(at + 2);
    if (size < 4 || at + size > usable) return -1;
    total += size;
    floor = at + size;
    at = next;
  }
  return total;
}

const isOneBit = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0;
