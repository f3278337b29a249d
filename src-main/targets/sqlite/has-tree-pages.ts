/**
 * Whether a file without a SQLite header still holds pages of a database: its header is destroyed then, and it is no
 * file of another kind.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { convincingTreeShare, looksLikeTreePage } from '../../contract/doctor/page-shape.ts';

const pageSizes = [65_536, 32_768, 16_384, 8192, 4096, 2048, 1024, 512] as const;
/** Looked at for each page size, spread over the file. */
const sampledPages = 64;
/** What is looked at of a page, and of the file's header before the first one. */
const pageHeaderBytes = 16;
const fileHeaderBytes = 100;

export function hasTreePages(path: string, fileBytes: number): boolean {
  const file = openSync(path, 'r');
  try {
    return pageSizes.some((size) => treeShare(file, fileBytes, size) >= convincingTreeShare);
  } finally {
    closeSync(file);
  }
}

function treeShare(file: number, fileBytes: number, size: number): number {
  const pages = Math.floor(fileBytes / size);
  const step = Math.max(1, Math.floor(pages / sampledPages));
  const start = Buffer.alloc(fileHeaderBytes + pageHeaderBytes);
  let seen = 0;
  let tree = 0;
  for (let page = 0; page < pages && seen < sampledPages; page += step) {
    if (readSync(file, start, 0, start.length, page * size) < start.length) break;
    if (start.every((byte) => byte === 0)) continue;
    seen += 1;
    if (looksLikeTreePage(start, size, page === 0 ? fileHeaderBytes : 0)) tree += 1;
  }
  return seen === 0 ? 0 : tree / seen;
}
