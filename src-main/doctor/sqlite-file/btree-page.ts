/**
 * One b-tree page taken apart, every offset checked: cells, free blocks and free space must tile the page exactly, as
 * they do in every page that SQLite wrote. Reused from page to page, so that scanning a file allocates nothing.
 */
import { cellFlaw, PageCells } from './page-cells.ts';
import { freeBlockBytes, localPayload } from './page-space.ts';
import { type RecordReader, recordFlaw } from './record.ts';
import { lastVarint, type Rowid, readRowid, readVarint } from './varint.ts';

export const pageType = { interiorIndex: 2, interiorTable: 5, leafIndex: 10, leafTable: 13 } as const;

export type Verdict =
  /** Everything adds up. */
  | 'consistent'
  /** One cell (or one in a hundred) is damaged, the rest adds up around it. */
  | 'few-bad-cells'
  /** Every cell is whole, in its order and apart from the others; only the accounts of the free room do not add up. */
  | 'space-miscounted'
  /** The parts do not add up: no cell of it can be vouched for. */
  | 'inconsistent'
  /** No b-tree page. */
  | 'other';

/** SQLite defragments a page before it has more. */
const maxFragments = 60;
/** Pointers of cells that were deleted may follow those in use and still lead to what looks like a cell. */
const staleCells = 8;

/** A page and what is known of it beforehand. */
interface Layout {
  readonly bytes: Buffer;
  readonly head: number;
  readonly pointers: number;
  readonly usable: number;
  readonly record: RecordReader | undefined;
}

export class BtreePage extends PageCells {
  type = 0;
  verdict: Verdict = 'other';
  rightChild = 0;

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
    const pointers = head + (type < 8 ? 12 : 8);
    if (type < 8) this.rightChild = bytes.readUInt32BE(head + 8);
    const layout: Layout = { bytes, head, pointers, usable, record };
    const count = bytes.readUInt16BE(head + 3);
    const most = Math.min(this.maxCells, Math.floor((usable - pointers) / 2));
    const isCountPossible = count <= most;
    this.verdict = this.#parseCells(layout, Math.min(count, most));
    if (this.verdict !== 'consistent' || !isCountPossible) this.#recount(layout, isCountPossible);
    return this.verdict;
  }

  #parseCells({ bytes, head, pointers, usable, record }: Layout, count: number): Verdict {
    this.cellCount = count;
    this.badCells = 0;
    const rawContent = bytes.readUInt16BE(head + 5);
    const content = rawContent === 0 ? 65_536 : rawContent;
    const fragments = bytes[head + 7] as number;
    // An empty page carries no proof of being one unless its content area is empty as well.
    let isSound = content >= pointers + 2 * count && content <= usable && fragments <= maxFragments;
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
        if (flaw === cellFlaw.outside) this.blank(cell);
      } else {
        covered += this.size[cell] as number;
        if (at < content) isSound = false;
      }
    }
    this.markOverlaps();
    if (this.type === 13 || this.type === 5) this.markDisorder();
    const free = freeBlockBytes(bytes, bytes.readUInt16BE(head + 1), content, usable);
    const uncovered = usable - content - covered - free;
    if (free < 0) isSound = false;
    return this.#judge(isSound, uncovered, fragments);
  }

  /** `uncovered`: bytes that no cell and no free block accounts for. */
  #judge(isSound: boolean, uncovered: number, fragments: number): Verdict {
    if (this.badCells === 0) {
      // A bare fragment count one bit off touches no cell.
      const isCounted =
        uncovered === fragments || (uncovered >= 0 && uncovered <= maxFragments && isOneBit(uncovered ^ fragments));
      if (isSound && isCounted) return 'consistent';
      return this.cellCount > 0 ? 'space-miscounted' : 'inconsistent';
    }
    if (!isSound) return 'inconsistent';
    // Two bad cells on a page of hundreds are two accidents, on a page of ten they are one that went over the page.
    const isConfined =
      this.badCells <= 1 + this.cellCount / 100 &&
      this.cellCount > 1 &&
      (uncovered >= fragments + 4 * this.badCells || this.hasOnlyDisorder());
    return isConfined ? 'few-bad-cells' : 'inconsistent';
  }

  /**
   * A wrong count of cells: with the right one every byte of the page is accounted for, which no chance brings about.
   */
  #recount(layout: Layout, isCountPossible: boolean): void {
    const { bytes, pointers, usable, record } = layout;
    const counted = this.cellCount;
    let right = 0;
    // What the pointers after the counted ones lead to is taken apart as well.
    for (; right < this.maxCells && pointers + 2 * right + 2 <= usable; right += 1) {
      const at = bytes.readUInt16BE(pointers + 2 * right);
      if (at < pointers + 2 * right + 2 || at > usable - 4) break;
      if (this.#parseCell(bytes, right, at, usable, record) !== 0) break;
      const isKeyed = this.type === 13 || this.type === 5;
      if (isKeyed && right > 0 && (this.rowids[right] as Rowid) <= (this.rowids[right - 1] as Rowid)) break;
    }
    for (let count = right; count > 0 && count >= right - staleCells; count -= 1)
      if (count !== counted && this.#parseCells(layout, count) === 'consistent') {
        this.verdict = 'consistent';
        return;
      }
    this.verdict = isCountPossible ? this.#parseCells(layout, counted) : 'other';
    if (!isCountPossible) this.cellCount = 0;
  }

  #parseCell(bytes: Buffer, cell: number, at: number, usable: number, record: RecordReader | undefined): number {
    const type = this.type;
    let position = at;
    this.blank(cell);
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
}

const isOneBit = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0;
