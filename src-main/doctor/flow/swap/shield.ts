/**
 * A database with a log beside it is two files, and two files can't be exchanged in one step. A shield makes them so: a
 * complete write-ahead log that holds every page of one healthy database. While it lies in the place of `-wal`, whoever
 * opens the pair reads exactly that database, whatever the main file beneath holds. So old and new change places under
 * it, and each single rename leaves something whole.
 */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { yieldToMessages } from '../../../workers/protocol.ts';
import { addToLogChecksum, type LogChecksum } from '../../sqlite-file/checksums.ts';
import type { Sum } from '../operation/journal.ts';

const logFormat = 3_007_000;
/** Frames are written in pieces of about this many bytes. */
const pieceBytes = 1024 * 1024;
/** SQLite locks bytes here, so the page that holds them is never used (section 1.4 of the file format). */
const lockByte = 0x40000000;

export interface Shield {
  /** Hex. */
  readonly salts: string;
  /** By this it is known that nobody has written into it. */
  readonly sum: Sum;
}

/** @param database a settled file without a log */
export async function writeShield(database: string, shield: string, signal?: AbortSignal): Promise<Shield> {
  const source = openSync(database, 'r');
  try {
    const head = Buffer.alloc(100);
    readSync(source, head, 0, 100, 0);
    const written = head.readUInt16BE(16);
    const pageSize = written === 1 ? 65_536 : written;
    const pages = Math.floor(statSync(database).size / pageSize);
    const lockPage = lockByte / pageSize + 1;
    const salts = randomBytes(8);
    const hash = createHash('sha256');
    let bytes = 0;
    const target = openSync(shield, 'wx', 0o600);
    const write = (piece: Buffer): void => {
      hash.update(piece);
      bytes += piece.length;
      for (let done = 0; done < piece.length; ) done += writeSync(target, piece, done, piece.length - done);
    };
    try {
      const header = Buffer.alloc(32);
      // Magic ending in 2: checksums over little-endian words.
      header.writeUInt32BE(0x377f0682, 0);
      header.writeUInt32BE(logFormat, 4);
      header.writeUInt32BE(pageSize, 8);
      salts.copy(header, 16);
      const sum: LogChecksum = { first: 0, second: 0 };
      addToLogChecksum(sum, header.subarray(0, 24), false);
      header.writeUInt32BE(sum.first, 24);
      header.writeUInt32BE(sum.second, 28);
      write(header);

      const frameBytes = 24 + pageSize;
      const framesAtOnce = Math.max(1, Math.floor(pieceBytes / frameBytes));
      const piece = Buffer.alloc(framesAtOnce * frameBytes);
      let filled = 0;
      for (let page = 1; page <= pages; page += 1) {
        if (page !== lockPage) {
          const frame = piece.subarray(filled, filled + frameBytes);
          frame.writeUInt32BE(page, 0);
          // The last frame commits them all.
          frame.writeUInt32BE(page === pages ? pages : 0, 4);
          salts.copy(frame, 8);
          readSync(source, frame, 24, pageSize, (page - 1) * pageSize);
          addToLogChecksum(sum, frame.subarray(0, 8), false);
          addToLogChecksum(sum, frame.subarray(24), false);
          frame.writeUInt32BE(sum.first, 16);
          frame.writeUInt32BE(sum.second, 20);
          filled += frameBytes;
        }
        if (filled === piece.length || page === pages) {
          write(piece.subarray(0, filled));
          filled = 0;
          await yieldToMessages();
          signal?.throwIfAborted();
        }
      }
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
    return { salts: salts.toString('hex'), sum: { sha256: hash.digest('hex'), bytes } };
  } finally {
    closeSync(source);
  }
}
