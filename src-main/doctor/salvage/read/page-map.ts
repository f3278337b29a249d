/**
 * What every page of the file is, from one pass over it, and what following the trees adds to that: some sixty bytes a
 * page, the only memory that grows with the file. Hence arrays of numbers, and no object for a page anywhere.
 */
import { type DoubtReason, doubtWords } from '../../../contract/doctor/doubts.ts';
import { BtreePage, pageType } from '../../sqlite-file/btree-page.ts';
import type { PageSource } from '../../sqlite-file/page-source.ts';
import type { RecordReader } from '../../sqlite-file/record.ts';

export const verdictCode = {
  consistent: 0,
  'few-bad-cells': 1,
  inconsistent: 2,
  other: 3,
  'space-miscounted': 4,
} as const;

export class PageMap {
  readonly count: number;
  readonly type: Uint8Array;
  readonly verdict: Uint8Array;
  readonly cells: Uint16Array;
  /** Smallest and largest rowid or key of a table page; rounded where a double can't hold them. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /**
   * Another page with the very same content, 0 where there is none: one of the two may have been written to a wrong
   * place.
   */
  readonly twin: Int32Array;
  readonly isZero: Uint8Array;
  /** Tree that reached the page, by number; 0 none. */
  readonly owner: Int32Array;
  /** 1 on the list of free pages. */
  readonly isFree: Uint8Array;
  /** Rowids that the pages above leave to a leaf: above `floor`, up to `ceiling`. */
  readonly floor: Float64Array;
  readonly ceiling: Float64Array;
  /** 1: the leaf's own rowids keep to that. */
  readonly fits: Uint8Array;
  /** 1: a leaf that was reached from the root of its table; else it is only claimed. */
  readonly isReached: Uint8Array;
  /** 1: it may be a copy at a wrong place, unless an index knows its rows. */
  readonly isSuspect: Uint8Array;
  /** Place in the list of doubts, from 1 on; 0 none. */
  readonly #doubt: Uint8Array;

  constructor(count: number) {
    this.count = count;
    this.type = new Uint8Array(count + 1);
    this.verdict = new Uint8Array(count + 1).fill(verdictCode.other);
    this.cells = new Uint16Array(count + 1);
    this.low = new Float64Array(count + 1);
    this.high = new Float64Array(count + 1);
    this.twin = new Int32Array(count + 1);
    this.isZero = new Uint8Array(count + 1);
    this.owner = new Int32Array(count + 1);
    this.isFree = new Uint8Array(count + 1);
    this.floor = new Float64Array(count + 1);
    this.ceiling = new Float64Array(count + 1);
    this.fits = new Uint8Array(count + 1);
    this.isReached = new Uint8Array(count + 1);
    this.isSuspect = new Uint8Array(count + 1);
    this.#doubt = new Uint8Array(count + 1);
  }

  isTree(page: number): boolean {
    return (this.verdict[page] as number) !== verdictCode.other;
  }

  /** Why nothing on the page is certain. */
  doubtOf(page: number): DoubtReason | undefined {
    return doubts[(this.#doubt[page] as number) - 1];
  }

  setDoubt(page: number, doubt: DoubtReason): void {
    this.#doubt[page] = doubts.indexOf(doubt) + 1;
  }

  isLeaf(page: number): boolean {
    return this.type[page] === pageType.leafTable || this.type[page] === pageType.leafIndex;
  }
}

const doubts = Object.keys(doubtWords) as DoubtReason[];

/** Pages scanned between two looks at cancellation and progress. */
const pagesPerStep = 2048;

export async function scanPages(
  source: PageSource,
  record: RecordReader,
  pause: (done: number) => Promise<void>,
): Promise<PageMap> {
  const map = new PageMap(source.pageCount);
  const page = new BtreePage(source.pageSize);
  const twins = new TwinFinder(source.pageCount);
  for (let number = 1; number <= source.pageCount; number += 1) {
    if (number % pagesPerStep === 0) await pause(number);
    const bytes = source.read(number);
    if (bytes === undefined) continue;
    const hash = hashBytes(bytes);
    if (hash === 0 && bytes.every((byte) => byte === 0)) {
      map.isZero[number] = 1;
      continue;
    }
    const verdict = page.parse(bytes, number, source.usable, record);
    map.verdict[number] = verdictCode[verdict];
    if (verdict === 'other') continue;
    map.type[number] = page.type;
    map.cells[number] = page.cellCount;
    if (page.type === pageType.leafTable || page.type === pageType.interiorTable) rowidRange(page, map, number);
    if (page.cellCount > 0) {
      const twin = twins.find(hash, number);
      // Among fifty thousand pages two differing ones share a hash every third time.
      if (twin !== 0 && Buffer.from(bytes).equals(source.read(twin) ?? Buffer.alloc(0))) {
        map.twin[number] = twin;
        map.twin[twin] = number;
      }
    }
  }
  return map;
}

function rowidRange(page: BtreePage, map: PageMap, number: number): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let cell = 0; cell < page.cellCount; cell += 1) {
    if (page.flaws[cell] !== 0) continue;
    const rowid = Number(page.rowids[cell]);
    if (rowid < low) low = rowid;
    if (rowid > high) high = rowid;
  }
  map.low[number] = low;
  map.high[number] = high;
}

/** 32 bits over the whole of `bytes`; 0 for zeros. */
export function hashBytes(bytes: Buffer): number {
  let hash = 0;
  const whole = bytes.length & ~3;
  if (bytes.byteOffset % 4 === 0) {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, whole >> 2);
    for (let index = 0; index < words.length; index += 1)
      hash = Math.imul(hash ^ (words[index] as number), 0x5bd1_e995) ^ (hash >>> 15);
  } else
    for (let at = 0; at < whole; at += 4) hash = Math.imul(hash ^ bytes.readInt32LE(at), 0x5bd1_e995) ^ (hash >>> 15);
  for (let at = whole; at < bytes.length; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x5bd1_e995);
  return hash | 0;
}

/** Finds an earlier page of the same hash: an open-addressed table of two numbers a page. */
export class TwinFinder {
  readonly #mask: number;
  readonly #pages: Int32Array;
  readonly #hashes: Int32Array;

  constructor(pages: number) {
    let size = 16;
    while (size < pages * 1.5) size *= 2;
    this.#mask = size - 1;
    this.#pages = new Int32Array(size);
    this.#hashes = new Int32Array(size);
  }

  /** The page that had this hash before, else 0; remembers this one. */
  find(hash: number, page: number): number {
    let slot = (hash ^ (hash >>> 16)) & this.#mask;
    // A table that is full would be searched for ever: it holds each page once and is half as large again.
    for (let step = 0; step <= this.#mask; step += 1) {
      const there = this.#pages[slot] as number;
      if (there === 0) {
        this.#pages[slot] = page;
        this.#hashes[slot] = hash;
        return 0;
      }
      if (this.#hashes[slot] === hash) return there === page ? 0 : there;
      slot = (slot + 1) & this.#mask;
    }
    return 0;
  }
}
