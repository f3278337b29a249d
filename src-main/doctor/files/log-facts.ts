/** What the write-ahead log beside a database holds, told from its frames without opening the database. */
import { closeSync, openSync, readSync } from 'node:fs';
import { addToLogChecksum, type LogChecksum } from '../sqlite-file/checksums.ts';

export interface LogFacts {
  readonly sizeBytes: number;
  readonly pageSize: number | null;
  /** Frames whose salts and checksums hold, from the first on. */
  readonly validFrames: number;
  /** Of those, the ones up to the last commit: what SQLite will use. */
  readonly committedFrames: number;
  /** Pages of the database after the last commit; null without one. */
  readonly pagesAfter: number | null;
  /** Room for frames after the valid ones: 0 in a log that was cut, more in one that was torn or reused. */
  readonly framesBeyond: number;
  /**
   * Whole frames behind a damaged one or a damaged header, up to the last commit among them: SQLite does not get that
   * far.
   */
  readonly framesBehindDamage: number;
  /** Something is written where the log's header should be, and it is none. */
  readonly isHeaderGarbage: boolean;
}

const headerBytes = 32;
const frameHeaderBytes = 24;

/** @param databasePageSize for a log whose own header is destroyed */
export function readLogFacts(
  path: string,
  sizeBytes: number,
  databasePageSize: number | undefined,
  signal?: AbortSignal,
): LogFacts {
  const nothing: LogFacts = {
    sizeBytes,
    pageSize: null,
    validFrames: 0,
    committedFrames: 0,
    pagesAfter: null,
    framesBeyond: 0,
    framesBehindDamage: 0,
    isHeaderGarbage: false,
  };
  if (sizeBytes < headerBytes) return nothing;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(headerBytes);
    readSync(file, header, 0, headerBytes, 0);
    const magic = header.readUInt32BE(0);
    const pageSize = header.readUInt32BE(8);
    const isPageSize = pageSize >= 512 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0;
    if ((magic & 0xfffffffe) >>> 0 !== 0x377f0682 || !isPageSize)
      return { ...nothing, isHeaderGarbage: header.some((byte) => byte !== 0), ...behindHeader() };
    const isBigEndian = (magic & 1) === 1;
    const frameBytes = frameHeaderBytes + pageSize;
    const room = Math.floor((sizeBytes - headerBytes) / frameBytes);
    const sum: LogChecksum = { first: 0, second: 0 };
    addToLogChecksum(sum, header.subarray(0, 24), isBigEndian);
    if (sum.first !== header.readUInt32BE(24) || sum.second !== header.readUInt32BE(28))
      return { ...nothing, pageSize, framesBeyond: room, isHeaderGarbage: true, ...behindHeader() };

    let valid = 0;
    let committed = 0;
    let pagesAfter: number | null = null;
    const frame = Buffer.alloc(frameBytes);
    for (; valid < room; valid += 1) {
      if (valid % 1024 === 0) signal?.throwIfAborted();
      if (readSync(file, frame, 0, frameBytes, headerBytes + valid * frameBytes) < frameBytes) break;
      if (frame.compare(header, 16, 24, 8, 16) !== 0 || frame.readUInt32BE(0) === 0) break;
      addToLogChecksum(sum, frame.subarray(0, 8), isBigEndian);
      addToLogChecksum(sum, frame.subarray(frameHeaderBytes), isBigEndian);
      if (sum.first !== frame.readUInt32BE(16) || sum.second !== frame.readUInt32BE(20)) break;
      const pages = frame.readUInt32BE(4);
      if (pages !== 0) {
        committed = valid + 1;
        pagesAfter = pages;
      }
    }
    return {
      sizeBytes,
      pageSize,
      validFrames: valid,
      committedFrames: committed,
      pagesAfter,
      framesBeyond: room - valid,
      framesBehindDamage: valid < room ? behind(valid, pageSize, isBigEndian, header.subarray(16, 24)) : 0,
      isHeaderGarbage: false,
    };

    function behindHeader(): Pick<LogFacts, 'framesBehindDamage'> {
      const size = isPageSize ? pageSize : databasePageSize;
      if (size === undefined || sizeBytes < headerBytes + frameHeaderBytes + size) return { framesBehindDamage: 0 };
      const salts = Buffer.alloc(8);
      readSync(file, salts, 0, 8, headerBytes + 8);
      return { framesBehindDamage: Math.max(behind(0, size, false, salts), behind(0, size, true, salts)) };
    }

    /**
     * Each frame's checksum goes on from the stored one of the frame before, so that those behind a damaged one can be
     * told, too.
     */
    function behind(from: number, size: number, isBig: boolean, salts: Buffer): number {
      const length = frameHeaderBytes + size;
      const count = Math.floor((sizeBytes - headerBytes) / length);
      const bytes = Buffer.alloc(length);
      const running: LogChecksum = { first: 0, second: 0 };
      let whole = 0;
      let upToCommit = 0;
      for (let at = from; at < count; at += 1) {
        if (at % 1024 === 0) signal?.throwIfAborted();
        if (readSync(file, bytes, 0, length, headerBytes + at * length) < length) break;
        addToLogChecksum(running, bytes.subarray(0, 8), isBig);
        addToLogChecksum(running, bytes.subarray(frameHeaderBytes), isBig);
        const [first, second] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
        const isWhole = running.first === first && running.second === second && bytes.compare(salts, 0, 8, 8, 16) === 0;
        if (isWhole) whole += 1;
        if (isWhole && bytes.readUInt32BE(4) !== 0) upToCommit = whole;
        running.first = first;
        running.second = second;
      }
      return upToCommit;
    }
  } finally {
    closeSync(file);
  }
}
