/** Puts together a payload that continues on overflow pages. */
import type { PageSource } from './page-source.ts';

/** Told each page of the chain with its content; false refuses the page and ends the reading. */
export type OverflowVisitor = (page: number, content: Buffer, index: number) => boolean;

/** Larger payloads are not read: they would not fit the memory that salvage may use. */
export const largestPayload = 256 * 1024 * 1024;

/**
 * Copies `length` bytes into `into`: what is on the page first, then the chain from `first`. Returns how many bytes it
 * got. The chain is whole when that is `length` and `chain.isWhole`: exactly as many pages as the length takes, the
 * last one without a successor.
 */
export function readPayload(
  source: PageSource,
  local: Buffer,
  first: number,
  length: number,
  into: Buffer,
  visit?: OverflowVisitor,
): number {
  local.copy(into, 0);
  let got = local.length;
  let page = first;
  let index = 0;
  chain.isWhole = false;
  const perPage = source.usable - 4;
  while (got < length) {
    if (page < 2 || page > source.pageCount) return got;
    const bytes = source.read(page);
    if (bytes === undefined || bytes.length < source.usable) return got;
    const next = bytes.readUInt32BE(0);
    const size = Math.min(perPage, length - got);
    const content = bytes.subarray(4, 4 + size);
    if (visit !== undefined && !visit(page, content, index)) return got;
    content.copy(into, got);
    got += size;
    index += 1;
    page = next;
  }
  chain.isWhole = page === 0;
  return got;
}

/** About the chain read last. */
export const chain = { isWhole: false };
