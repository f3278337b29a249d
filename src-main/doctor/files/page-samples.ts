/** Looks at pages here and there in a file: at which size they look like SQLite's, and how random they are. */
import { readSync } from 'node:fs';
import { entropy, looksLikeTreePage } from '../../contract/doctor/page-shape.ts';
import { FileBytes } from '../sqlite-file/file-bytes.ts';
import { geometryFit } from '../sqlite-file/geometry.ts';
import type { DatabaseHeader } from '../sqlite-file/header.ts';

/** The size at which most sampled pages look like SQLite's, null where none does, and their share. */
export interface SizeGuess {
  readonly likelyPageSize: number | null;
  readonly treeShare: number;
}

/** Pages looked at, spread over the file. */
const sampledPages = 64;

export function likelySize(path: string, file: number, sizeBytes: number, header: DatabaseHeader | null): SizeGuess {
  const written = header?.pageSize ?? null;
  const fits = (size: number): boolean => header !== null && header.pageCount * size === sizeBytes;
  // Samples alone would sometimes take a healthy file's size for wrong; it needs the page count to agree.
  if (written !== null && (header?.hasMagic === true || fits(written))) {
    const share = treeShareAt(file, sizeBytes, written);
    const other = pageSizes.find((size) => size !== written && !fits(written) && fits(size));
    const otherShare = other === undefined ? 0 : treeShareAt(file, sizeBytes, other);
    if (other === undefined || otherShare < 0.3 || otherShare < share || !fitsBetter(path, other, written))
      return { likelyPageSize: written, treeShare: share };
    return { likelyPageSize: other, treeShare: otherShare };
  }
  let best: { likelyPageSize: number | null; treeShare: number } = { likelyPageSize: null, treeShare: 0 };
  for (const size of pageSizes) {
    // Every large page begins at a multiple of each smaller size: at half the size half the places are tree pages.
    const share = treeShareAt(file, sizeBytes, size) * (fits(size) ? 1.5 : 1);
    if (share > best.treeShare * 1.01) best = { likelyPageSize: size, treeShare: Math.min(1, share) };
  }
  return best;
}

/**
 * Read as pages of the right size they tile exactly; the first half of a page twice as large, or two pages as one,
 * don't.
 */
function fitsBetter(path: string, size: number, written: number): boolean {
  using bytes = new FileBytes(path);
  return geometryFit(bytes, size, 0) > geometryFit(bytes, written, 0);
}

/** Larger first: they win a draw. */
const pageSizes = [65_536, 32_768, 16_384, 8192, 4096, 2048, 1024, 512] as const;

function treeShareAt(file: number, sizeBytes: number, size: number): number {
  const pages = Math.floor(sizeBytes / size);
  const page = Buffer.alloc(size);
  const step = Math.max(1, Math.floor(pages / sampledPages));
  let seen = 0;
  let tree = 0;
  for (let index = 0; index < pages && seen < sampledPages; index += step) {
    if (readSync(file, page, 0, size, index * size) < size) break;
    if (page.every((byte) => byte === 0)) continue;
    seen += 1;
    if (looksLikeTreePage(page, size, index === 0 ? 100 : 0)) tree += 1;
  }
  return seen === 0 ? 0 : tree / seen;
}

export function isFirstPageTree(file: number, pageSize: number): boolean {
  const page = Buffer.alloc(pageSize);
  return readSync(file, page, 0, pageSize, 0) === pageSize && looksLikeTreePage(page, pageSize, 100);
}

export function sampleEntropy(file: number, sizeBytes: number): number {
  const sample = Buffer.alloc(Math.min(sizeBytes, 256 * 1024));
  const piece = 4096;
  const pieces = Math.ceil(sample.length / piece);
  let filled = 0;
  for (let index = 0; index < pieces; index += 1) {
    const at = Math.floor(((sizeBytes - sample.length) / Math.max(1, pieces)) * index) + index * piece;
    filled += readSync(file, sample, filled, Math.min(piece, sample.length - filled), at);
  }
  return filled === 0 ? 0 : entropy(sample.subarray(0, filled));
}
