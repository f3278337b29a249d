/** The first 100 bytes of a database, field by field; nothing in them is believed before the pages agree. */
import { closeSync, openSync, readSync } from 'node:fs';

export type TextEncoding = 'UTF-8' | 'UTF-16le' | 'UTF-16be';
const encodings: readonly TextEncoding[] = ['UTF-8', 'UTF-16le', 'UTF-16be'];

export const magic = 'SQLite format 3\0';

export type HeaderField =
  | 'magic'
  | 'page size'
  | 'write version'
  | 'read version'
  | 'reserved bytes'
  | 'payload fractions'
  | 'schema format'
  | 'text encoding'
  | 'incremental vacuum'
  | 'reserved zeros'
  | 'free pages';

export interface DatabaseHeader {
  readonly hasMagic: boolean;
  /** undefined where the field holds no power of two from 512 to 65536. */
  readonly pageSize: number | undefined;
  readonly writeVersion: number;
  readonly readVersion: number;
  readonly reserved: number;
  readonly changeCounter: number;
  /** Pages in the database; to be believed only while `changeCounter` equals `validFor`. */
  readonly pageCount: number;
  readonly firstFreePage: number;
  readonly freePages: number;
  readonly schemaFormat: number;
  /** Not zero in auto-vacuum databases, which keep pointer-map pages. */
  readonly largestRoot: number;
  readonly encoding: TextEncoding | undefined;
  readonly userVersion: number;
  readonly incrementalVacuum: number;
  readonly applicationId: number;
  readonly validFor: number;
  /** Names of the fields whose value SQLite would not have written. */
  readonly implausible: readonly HeaderField[];
}

export function isPageSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0;
}

export function readHeaderOf(path: string): DatabaseHeader | undefined {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(100);
    return readHeader(head.subarray(0, readSync(file, head, 0, 100, 0)));
  } finally {
    closeSync(file);
  }
}

/** Reads what is there; undefined for fewer than 100 bytes. */
export function readHeader(bytes: Buffer): DatabaseHeader | undefined {
  if (bytes.length < 100) return undefined;
  const rawSize = bytes.readUInt16BE(16);
  const size = rawSize === 1 ? 65_536 : rawSize;
  const header: Omit<DatabaseHeader, 'implausible'> = {
    hasMagic: bytes.toString('latin1', 0, 16) === magic,
    pageSize: isPageSize(size) ? size : undefined,
    writeVersion: bytes[18] as number,
    readVersion: bytes[19] as number,
    reserved: bytes[20] as number,
    changeCounter: bytes.readUInt32BE(24),
    pageCount: bytes.readUInt32BE(28),
    firstFreePage: bytes.readUInt32BE(32),
    freePages: bytes.readUInt32BE(36),
    schemaFormat: bytes.readUInt32BE(44),
    largestRoot: bytes.readUInt32BE(52),
    encoding: encodings[bytes.readUInt32BE(56) - 1],
    userVersion: bytes.readInt32BE(60),
    incrementalVacuum: bytes.readUInt32BE(64),
    applicationId: bytes.readInt32BE(68),
    validFor: bytes.readUInt32BE(92),
  };
  const implausible: HeaderField[] = [];
  const expect = (field: HeaderField, isPlausible: boolean): void => {
    if (!isPlausible) implausible.push(field);
  };
  expect('magic', header.hasMagic);
  expect('page size', header.pageSize !== undefined);
  expect('write version', header.writeVersion === 1 || header.writeVersion === 2);
  expect('read version', header.readVersion === 1 || header.readVersion === 2);
  expect('reserved bytes', header.pageSize === undefined || header.pageSize - header.reserved >= 480);
  expect('payload fractions', bytes[21] === 64 && bytes[22] === 32 && bytes[23] === 32);
  // A database without any table has neither yet, and SQLite takes 0 for 1.
  expect('schema format', header.schemaFormat <= 4);
  expect('text encoding', bytes.readUInt32BE(56) <= 3);
  expect('incremental vacuum', header.incrementalVacuum <= 1);
  expect(
    'reserved zeros',
    bytes.subarray(72, 92).every((byte) => byte === 0),
  );
  expect(
    'free pages',
    (header.firstFreePage === 0) === (header.freePages === 0) &&
      (header.pageCount === 0 || header.freePages < header.pageCount),
  );
  return { ...header, implausible };
}
