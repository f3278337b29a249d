/**
 * The cells of one page side by side: where each lies, what it holds, and what is wrong with it. Room is made once, for
 * page after page.
 */
import type { Rowid } from './varint.ts';

export const cellFlaw = { none: 0, outside: 1, malformed: 2, overlaps: 4, outOfOrder: 8 } as const;

/** Each cell takes two bytes of pointer and at least four of its own. */
const maxCells = (pageSize: number): number => Math.floor((pageSize - 8) / 6);

export class PageCells {
  cellCount = 0;
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
  protected readonly maxCells: number;
  readonly #order: Float64Array;

  constructor(pageSize: number) {
    const room = maxCells(pageSize);
    this.maxCells = room;
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

  protected blank(cell: number): void {
    this.size[cell] = 0;
    this.payloadStart[cell] = 0;
    this.payloadLength[cell] = 0;
    this.localLength[cell] = 0;
    this.overflow[cell] = 0;
    this.child[cell] = 0;
    this.rowids[cell] = 0;
  }

  /** Cells usually lie from the end of the page downwards, in order; only where they don't are they sorted. */
  protected markOverlaps(): void {
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

  /**
   * Rowids grow from cell to cell. Where one does not fit, the one whose removal restores the order is to blame; in
   * doubt both.
   */
  protected markDisorder(): void {
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
  protected hasOnlyDisorder(): boolean {
    for (let cell = 0; cell < this.cellCount; cell += 1)
      if (this.flaws[cell] !== 0 && this.flaws[cell] !== cellFlaw.outOfOrder) return false;
    return true;
  }
}
