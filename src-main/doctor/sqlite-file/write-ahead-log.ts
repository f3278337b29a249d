/** Reads a `-wal` file: which pages' current version it holds, and which newer versions are damaged. */
import { addToLogChecksum, type LogChecksum } from './checksums.ts';
import type { FileBytes } from './file-bytes.ts';
import { isPageSize } from './header.ts';
import type { Overlay } from './page-source.ts';

export interface WriteAheadLog {
  readonly overlay: Overlay;
  readonly pageSize: number;
  /** Pages in the database after the last commit. */
  readonly pageCount: number;
  /** Pages whose newest committed version in the log can't be read: what is left of them is older. */
  readonly lost: ReadonlySet<number>;
  /** Frames read, frames of the valid commits, and damaged frames among these. */
  readonly frames: number;
  readonly committed: number;
  readonly damaged: number;
  /** Frames after the last whole commit: of a transaction that was never committed, or whose end is lost. */
  readonly unfinished: number;
}

const headerBytes = 32;
const frameHeaderBytes = 24;

/**
 * SQLite itself stops at the first frame whose checksum fails and forgets every commit after it. But each frame's
 * checksum starts from the stored one of the frame before, so later frames can be checked one by one: one damaged frame
 * then costs one page, not all later commits. Frames after the last whole commit count for nothing, as with SQLite.
 */
export function readWriteAheadLog(bytes: FileBytes, expectedPageSize: number | undefined): WriteAheadLog | undefined {
  if (bytes.size < headerBytes + frameHeaderBytes + 512) return undefined;
  const header = Buffer.from(bytes.view(0, headerBytes));
  const magicNumber = header.readUInt32BE(0);
  const isBigEndian = (magicNumber & 1) === 1;
  const named = header.readUInt32BE(8);
  const pageSize = isPageSize(named) ? named : expectedPageSize;
  if (pageSize === undefined || (expectedPageSize !== undefined && pageSize !== expectedPageSize)) return undefined;
  const sum: LogChecksum = { first: 0, second: 0 };
  addToLogChecksum(sum, header.subarray(0, 24), isBigEndian);
  const isHeaderValid =
    (magicNumber & ~1) === 0x377f_0682 &&
    sum.first === header.readUInt32BE(24) &&
    sum.second === header.readUInt32BE(28);
  const salt = { first: header.readUInt32BE(16), second: header.readUInt32BE(20) };
  // With a damaged header the first frame's salts say which generation counts.
  if (!isHeaderValid) {
    const first = bytes.view(headerBytes, frameHeaderBytes);
    salt.first = first.readUInt32BE(8);
    salt.second = first.readUInt32BE(12);
  }
  sum.first = header.readUInt32BE(24);
  sum.second = header.readUInt32BE(28);
  const offsets = new Map<number, number>();
  const lost = new Set<number>();
  let pending: { page: number; offset: number; isGood: boolean }[] = [];
  const frameBytes = frameHeaderBytes + pageSize;
  const count = Math.floor((bytes.size - headerBytes) / frameBytes);
  let pageCount = 0;
  let committed = 0;
  let damaged = 0;
  let unfinished = 0;
  for (let frame = 0; frame < count; frame += 1) {
    const at = headerBytes + frame * frameBytes;
    const head = Buffer.from(bytes.view(at, frameHeaderBytes));
    if (head.length < frameHeaderBytes) break;
    addToLogChecksum(sum, head.subarray(0, 8), isBigEndian);
    addToLogChecksum(sum, bytes.copy(at + frameHeaderBytes, pageSize), isBigEndian);
    const hasSalt = head.readUInt32BE(8) === salt.first && head.readUInt32BE(12) === salt.second;
    const isGood = hasSalt && sum.first === head.readUInt32BE(16) && sum.second === head.readUInt32BE(20);
    sum.first = head.readUInt32BE(16);
    sum.second = head.readUInt32BE(20);
    const page = head.readUInt32BE(0);
    const sizeAfter = head.readUInt32BE(4);
    pending.push({ page, offset: at + frameHeaderBytes, isGood });
    if (hasSalt) unfinished += 1;
    if (!isGood || sizeAfter === 0) continue;
    for (const one of pending) {
      committed += 1;
      if (one.isGood) {
        offsets.set(one.page, one.offset);
        lost.delete(one.page);
      } else {
        damaged += 1;
        if (one.page >= 1 && one.page <= sizeAfter) lost.add(one.page);
      }
    }
    pending = [];
    unfinished = 0;
    pageCount = sizeAfter;
  }
  // Part of a frame at the end: one that was being written, or cut.
  if ((bytes.size - headerBytes) % frameBytes !== 0) unfinished += 1;
  if (committed === 0) return undefined;
  for (const page of offsets.keys()) if (page > pageCount || page < 1) offsets.delete(page);
  return { overlay: { bytes, offsets }, pageSize, pageCount, lost, frames: count, committed, damaged, unfinished };
}
