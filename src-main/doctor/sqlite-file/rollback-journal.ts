/** Reads a hot rollback journal: the content that pages had before the transaction that never finished. */
import { existsSync } from 'node:fs';
import { journalChecksum } from './checksums.ts';
import type { FileBytes } from './file-bytes.ts';
import { isPageSize } from './header.ts';
import type { Overlay } from './page-source.ts';

export interface RollbackJournal {
  readonly overlay: Overlay;
  readonly pageSize: number;
  /** Pages in the database before the transaction. */
  readonly pageCount: number;
  /** Pages whose record is damaged: the database file holds unfinished work there. */
  readonly lost: ReadonlySet<number>;
  readonly records: number;
}

const magicBytes = Buffer.from([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);

/**
 * A transaction over several files is over once the journal that all of them share, which each names at its end, is
 * removed: what is left of the others then means nothing, and playing it back would take back what was committed.
 */
export function isOfFinishedTransaction(bytes: FileBytes): boolean {
  const shared = sharedJournalOf(bytes);
  return shared !== undefined && !existsSync(shared);
}

function sharedJournalOf(bytes: FileBytes): string | undefined {
  // Length and checksum of the name in four bytes each, and the magic.
  const endBytes = 16;
  if (bytes.size < endBytes) return undefined;
  const end = bytes.copy(bytes.size - endBytes, endBytes);
  const length = end.readUInt32BE(0);
  if (!end.subarray(8).equals(magicBytes) || length === 0 || length > bytes.size - endBytes) return undefined;
  if (length > longestPath) return undefined;
  const name = bytes.copy(bytes.size - endBytes - length, length);
  const sum = new Int8Array(name).reduce((total, byte) => total + byte, 0);
  return sum >>> 0 === end.readUInt32BE(4) ? name.toString('utf8') : undefined;
}

const longestPath = 4096;

/** undefined where the journal is not hot: no header, or no record that was ever synced. */
export function readRollbackJournal(
  bytes: FileBytes,
  expectedPageSize: number | undefined,
): RollbackJournal | undefined {
  const offsets = new Map<number, number>();
  const lost = new Set<number>();
  let pageCount: number | undefined;
  let pageSize: number | undefined;
  let records = 0;
  let at = 0;
  while (at + 28 <= bytes.size) {
    const header = bytes.copy(at, 28);
    if (!header.subarray(0, 8).equals(magicBytes)) break;
    const named = header.readInt32BE(8);
    const nonce = header.readUInt32BE(12);
    const initial = header.readUInt32BE(16);
    const sector = header.readUInt32BE(20);
    const size = header.readUInt32BE(24);
    const sectorSize = sector >= 32 && sector <= 65_536 && (sector & (sector - 1)) === 0 ? sector : 512;
    pageSize ??= isPageSize(size) ? size : expectedPageSize;
    if (pageSize === undefined || (expectedPageSize !== undefined && pageSize !== expectedPageSize)) return undefined;
    pageCount ??= initial;
    const recordBytes = pageSize + 8;
    const first = at + sectorSize;
    const room = Math.max(0, Math.floor((bytes.size - first) / recordBytes));
    // -1: written without sync, as many as there are.
    const count = named === -1 ? room : Math.min(Math.max(0, named), room);
    for (let index = 0; index < count; index += 1) {
      const offset = first + index * recordBytes;
      const record = bytes.copy(offset, recordBytes);
      const page = record.readUInt32BE(0);
      records += 1;
      const isGood = journalChecksum(nonce, record.subarray(4, 4 + pageSize)) === record.readUInt32BE(4 + pageSize);
      if (page < 1 || page > pageCount) continue;
      // The first record of a page is its oldest content.
      if (!isGood) {
        if (!offsets.has(page)) lost.add(page);
      } else if (!offsets.has(page) && !lost.has(page)) offsets.set(page, offset + 4);
    }
    at = Math.ceil((first + count * recordBytes) / sectorSize) * sectorSize;
    if (count === 0) break;
  }
  if (records === 0 || pageSize === undefined || pageCount === undefined) return undefined;
  return { overlay: { bytes, offsets }, pageSize, pageCount, lost, records };
}
