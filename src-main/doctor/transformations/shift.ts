/**
 * Finds out where bytes were lost or added: a page that SQLite wrote tiles exactly, so of each page is known how many
 * bytes before or behind its place it lies. Where that changes from one page to the next, something happened in
 * between.
 */
import { BtreePage, pageType } from '../sqlite-file/btree-page.ts';
import { FileBytes } from '../sqlite-file/file-bytes.ts';
import { type DatabaseHeader, isPageSize, magic, readHeader } from '../sqlite-file/header.ts';
import { RecordReader } from '../sqlite-file/record.ts';

export interface Shift {
  readonly pageSize: number;
  readonly reserved: number;
  readonly pageCount: number;
  /**
   * Runs of pages that all lie equally far from their place, in order; between two runs may be pages that nobody can
   * place.
   */
  readonly runs: readonly Run[];
  /** The first page as it should be, where its header had to be put right; null: as it is. */
  readonly firstPage: Buffer | null;
  /** Bytes that are missing in the whole; below zero: too many. */
  readonly missingBytes: number;
}

interface Run {
  readonly first: number;
  readonly last: number;
  /** Where it lies less where it should; bytes. */
  readonly offset: number;
}

/** At one place; more is no slip of a transfer. */
const maxBytes = 16;

export function findShift(path: string, head: Buffer, signal?: AbortSignal): Shift | null {
  const start = restoreHead(head);
  if (start === null) return null;
  const { header, offset } = start;
  const { pageSize, reserved, pageCount } = header;
  using file = new FileBytes(path);
  const page = new BtreePage(pageSize);
  const record = new RecordReader(true);
  const usable = pageSize - reserved;
  const isProven = (number: number, by: number): boolean => {
    const at = (number - 1) * pageSize + by;
    if (at < 0 || at + pageSize > file.size) return false;
    return (
      page.parse(file.copy(at, pageSize), number === 1 ? 2 : number, usable, record) === 'consistent' &&
      page.cellCount > 0
    );
  };
  const runs: Run[] = [];
  let by = offset;
  let first = 1;
  let last = start.firstPage === null ? 0 : 1;
  for (let number = last + 1; number <= pageCount; number += 1) {
    if (number % 256 === 0) signal?.throwIfAborted();
    if (number === 1 ? isFirstProven(head, pageSize, usable) : isProven(number, by)) {
      last = number;
      continue;
    }
    const next = otherOffsets(by).find((candidate) => number > 1 && isProven(number, candidate));
    if (next === undefined) continue;
    if (last >= first) runs.push({ first, last, offset: by });
    by = next;
    first = number;
    last = number;
  }
  const missingBytes = pageCount * pageSize - file.size;
  // Where the end is as far off as the last pages that are known, so is what lies between.
  if (last >= first) runs.push({ first, last: -by === missingBytes ? pageCount : last, offset: by });
  const shifted = runs.filter((run) => run.offset !== 0).reduce((sum, run) => sum + run.last - run.first + 1, 0);
  // Two pages at a new place are no chance.
  if (shifted < 2 && !(start.firstPage !== null && runs.length > 0)) return null;
  return { pageSize, reserved, pageCount, runs, firstPage: start.firstPage, missingBytes };
}

/**
 * Bytes that are missing although later pages are there, each less far than its place: 0 for a file that was only cut.
 */
export function missingBeforeEnd(path: string, header: DatabaseHeader): number {
  const { pageSize, pageCount, reserved } = header;
  if (!header.hasMagic || pageSize === undefined || header.changeCounter !== header.validFor) return 0;
  using file = new FileBytes(path);
  const missing = pageCount * pageSize - file.size;
  if (missing <= 0 || missing % pageSize === 0) return 0;
  const parser = new BtreePage(pageSize);
  const record = new RecordReader(true);
  const step = Math.max(1, Math.floor(pageCount / sampledPages));
  for (let number = pageCount; number > 1; number -= step) {
    const place = (number - 1) * pageSize;
    const from = Math.max(0, place - Math.min(missing, farthestBytes));
    if (from >= file.size) continue;
    const window = file.copy(from, place + pageSize - from);
    for (let at = 0; at < place - from && at + pageSize <= window.length; at += 1) {
      if (!treeKinds.has(window[at] as number)) continue;
      const verdict = parser.parse(window.subarray(at, at + pageSize), 2, pageSize - reserved, record);
      if (verdict === 'consistent' && parser.cellCount > 0) return (place - from - at) % pageSize === 0 ? 0 : missing;
    }
  }
  return 0;
}

const sampledPages = 40;
const farthestBytes = 65_536;
const treeKinds: ReadonlySet<number> = new Set(Object.values(pageType));

const otherOffsets = (from: number): number[] => {
  const offsets: number[] = [];
  for (let by = 1; by <= maxBytes; by += 1) offsets.push(from - by, from + by);
  return offsets;
};

function isFirstProven(head: Buffer, pageSize: number, usable: number): boolean {
  if (head.length < pageSize) return false;
  return new BtreePage(pageSize).parse(head.subarray(0, pageSize), 1, usable, new RecordReader(true)) === 'consistent';
}

interface Head {
  readonly header: { readonly pageSize: number; readonly reserved: number; readonly pageCount: number };
  /** Of what follows the header. */
  readonly offset: number;
  readonly firstPage: Buffer | null;
}

/** Bytes of the header that never differ, by their place. */
const constants: readonly (readonly [at: number, bytes: readonly number[]])[] = [
  [0, [...Buffer.from(magic, 'latin1')]],
  [21, [64, 32, 32]],
  [72, Array.from({ length: 20 }, () => 0)],
];

/** The header as it is, or with one byte put back or taken out where only that makes page 1 tile exactly. */
function restoreHead(head: Buffer): Head | null {
  const whole = usableHeader(head);
  if (whole !== null) return { header: whole, offset: 0, firstPage: null };
  const found: Head[] = [];
  const consider = (bytes: Buffer, offset: number): void => {
    const header = usableHeader(bytes);
    if (header === null || bytes.length < header.pageSize) return;
    const page = bytes.subarray(0, header.pageSize);
    if (!isFirstProven(page, header.pageSize, header.pageSize - header.reserved)) return;
    if (!found.some(({ firstPage }) => firstPage?.equals(page)))
      found.push({ header, offset, firstPage: Buffer.from(page) });
  };
  for (const [at, bytes] of constants)
    bytes.forEach((byte, index) => {
      const place = at + index;
      consider(Buffer.concat([head.subarray(0, place), Buffer.of(byte), head.subarray(place)]), -1);
    });
  for (let place = 0; place < 100; place += 1) {
    consider(Buffer.concat([head.subarray(0, place), Buffer.of(0), head.subarray(place)]), -1);
    consider(Buffer.concat([head.subarray(0, place), head.subarray(place + 1)]), 1);
  }
  return found.length === 1 ? (found[0] as Head) : null;
}

function usableHeader(bytes: Buffer): Head['header'] | null {
  const header = readHeader(bytes.subarray(0, 100));
  if (header?.hasMagic !== true || header.pageSize === undefined || !isPageSize(header.pageSize)) return null;
  const isRight =
    header.implausible.every((field) => field === 'free pages') &&
    header.schemaFormat > 0 &&
    header.encoding !== undefined;
  if (!isRight || header.pageCount === 0 || header.changeCounter !== header.validFor) return null;
  return { pageSize: header.pageSize, reserved: header.reserved, pageCount: header.pageCount };
}
