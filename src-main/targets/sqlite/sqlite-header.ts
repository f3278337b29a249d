/** The first hundred bytes of a SQLite file (https://sqlite.org/fileformat2.html#the_database_header). Pure. */

export interface SqliteHeader {
  readonly pageSize: number;
  readonly isWal: boolean;
  /** Grows with each change in rollback mode. */
  readonly changeCounter: number;
  readonly pageCount: number;
  readonly freePages: number;
  readonly schemaCookie: number;
}

const magic = 'SQLite format 3\0';

export function parseSqliteHeader(bytes: Buffer): SqliteHeader | undefined {
  if (bytes.length < 100 || bytes.toString('latin1', 0, 16) !== magic) return undefined;
  const stored = bytes.readUInt16BE(16);
  const pageSize = stored === 1 ? 65_536 : stored;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) return undefined;
  return {
    pageSize,
    isWal: bytes[18] === 2 || bytes[19] === 2,
    changeCounter: bytes.readUInt32BE(24),
    pageCount: bytes.readUInt32BE(28),
    freePages: bytes.readUInt32BE(36),
    schemaCookie: bytes.readUInt32BE(40),
  };
}

/**
 * An encrypted database looks like chance from its first byte: nearly all byte values differ and its size is a whole
 * number of pages. Text and other formats have a pattern at their beginning.
 */
export function looksEncrypted(bytes: Buffer, size: number): boolean {
  if (size % 512 !== 0 || bytes.length < 100) return false;
  const different = new Set(bytes.subarray(0, 100)).size;
  // 100 random bytes have 83 different values on average, with a deviation of 3.
  return different >= 70 && bytes.subarray(0, 16).some((byte) => byte >= 0x80);
}
