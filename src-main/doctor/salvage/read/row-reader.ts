/**
 * Reads the rows of b-tree pages: puts payloads together, decodes values, and says what in them SQLite can't have
 * written.
 */

import { isUtf8 } from 'node:buffer';
import type { DoubtReason } from '../../../contract/doctor/doubts.ts';
import type { BtreePage } from '../../sqlite-file/btree-page.ts';
import type { TextEncoding } from '../../sqlite-file/header.ts';
import { chain, largestPayload, type OverflowVisitor, readPayload } from '../../sqlite-file/overflow.ts';
import type { PageSource } from '../../sqlite-file/page-source.ts';
import { RecordReader, readInteger } from '../../sqlite-file/record.ts';
import type { Affinity, SqlValue } from './sql-value.ts';

/** Storage classes as they are counted for each column; `oddText` is text with control characters. */
export const storageClass = { null: 0, integer: 1, real: 2, text: 3, blob: 4, oddText: 5 } as const;
export const storageClasses = 6;

export class RowReader {
  readonly source: PageSource;
  readonly record: RecordReader;
  readonly encoding: TextEncoding;
  /** Where the payload last read lies. */
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  length = 0;
  /** Class of the value last decoded, and what is wrong with it. */
  lastClass = 0;
  lastDoubt: DoubtReason | undefined;
  /** It was text with other than ASCII characters. */
  wasBeyondAscii = false;
  #scratch: Buffer = Buffer.alloc(0);

  constructor(source: PageSource, encoding: TextEncoding, hasByteBooleans: boolean) {
    this.source = source;
    this.encoding = encoding;
    this.record = new RecordReader(hasByteBooleans);
  }

  /**
   * Puts the payload of a cell together and parses its record. `pageBytes` must not be the source's own view when the
   * payload overflows. Answers undefined when all is well, else the doubt; `record.count` is 0 when there is nothing
   * to show at all.
   */
  read(page: BtreePage, pageBytes: Buffer, cell: number, visit?: OverflowVisitor): DoubtReason | undefined {
    return this.readAt(
      pageBytes,
      page.payloadStart[cell] as number,
      page.payloadLength[cell] as number,
      page.localLength[cell] as number,
      page.overflow[cell] as number,
      visit,
    );
  }

  /** The same for a record that no cell leads to. */
  readAt(
    pageBytes: Buffer,
    start: number,
    length: number,
    local: number,
    first: number,
    visit?: OverflowVisitor,
  ): DoubtReason | undefined {
    this.record.count = 0;
    if (length === 0 || start === 0) return 'cell-malformed';
    this.bytes = pageBytes;
    this.at = start;
    this.length = length;
    let available = local;
    let doubt: DoubtReason | undefined;
    if (local < length) {
      if (length > largestPayload || length > this.source.pageCount * this.source.usable) return 'overflow-broken';
      if (this.#scratch.length < length)
        this.#scratch = Buffer.allocUnsafe(Math.min(largestPayload, Math.ceil(length * 1.5)));
      available = readPayload(
        this.source,
        pageBytes.subarray(start, start + local),
        first,
        length,
        this.#scratch,
        visit,
      );
      if (available < length) this.#scratch.fill(0, available, length);
      this.bytes = this.#scratch;
      this.at = 0;
      if (available < length || !chain.isWhole) doubt = 'overflow-broken';
    }
    const isUsable = this.record.parse(this.bytes, this.at, length, length);
    if (!isUsable) {
      // What lies inside the payload may still be shown.
      let count = 0;
      while (
        count < this.record.count &&
        (this.record.starts[count] as number) + (this.record.lengths[count] as number) <= this.at + length
      )
        count += 1;
      this.record.count = count;
      return doubt ?? 'cell-malformed';
    }
    return doubt ?? (this.record.flaw === 0 ? undefined : 'cell-malformed');
  }

  /** Gives back the room of a huge payload. */
  release(): void {
    if (this.#scratch.length > 4 * 1024 * 1024) this.#scratch = Buffer.alloc(0);
  }

  /** One value for binding into a column of this affinity; exact integers of any size where `asWritten`. */
  value(field: number, affinity: Affinity, asWritten = false): SqlValue {
    const { record } = this;
    const type = record.types[field] as number;
    const at = record.starts[field] as number;
    this.lastDoubt = undefined;
    this.wasBeyondAscii = false;
    if (type === 0) {
      this.lastClass = storageClass.null;
      return null;
    }
    if (type >= 12) {
      const length = record.lengths[field] as number;
      if (type % 2 === 1) return this.#text(at, length, affinity);
      this.lastClass = storageClass.blob;
      return Buffer.from(this.bytes.subarray(at, at + length));
    }
    const isTextColumn = affinity === 'TEXT';
    if (isTextColumn) this.lastDoubt = 'impossible-type';
    if (type === 7) {
      const real = this.bytes.readDoubleBE(at);
      this.lastClass = storageClass.real;
      // Whole numbers are stored as integers in INTEGER and NUMERIC columns (in REAL ones only mostly).
      if (
        (affinity === 'INTEGER' || affinity === 'NUMERIC') &&
        Number.isInteger(real) &&
        Math.abs(real) < 2 ** 47 &&
        !Object.is(real, -0)
      )
        this.lastDoubt = 'impossible-type';
      return real;
    }
    this.lastClass = storageClass.integer;
    const whole =
      type >= 8
        ? type - 8
        : type === 1
          ? this.bytes.readInt8(at)
          : readInteger(this.bytes, at, record.lengths[field] as number);
    // Real columns keep whole numbers as integers up to six bytes only.
    if (type === 6 && affinity === 'REAL') this.lastDoubt = 'impossible-type';
    return asWritten || affinity === 'BLOB' || isTextColumn ? BigInt(whole) : whole;
  }

  #text(at: number, length: number, affinity: Affinity): string | Buffer {
    const { bytes } = this;
    const end = at + length;
    this.lastClass = storageClass.text;
    let text: string;
    if (this.encoding === 'UTF-8') {
      let seen = 0;
      for (let position = at; position < end; position += 1) seen |= byteKinds[bytes[position] as number] as number;
      this.wasBeyondAscii = (seen & beyondAscii) !== 0;
      if (seen & controlCharacter) this.lastClass = storageClass.oddText;
      if (seen & beyondAscii && !isUtf8(bytes.subarray(at, end))) {
        this.lastDoubt = 'invalid-text';
        return Buffer.from(bytes.subarray(at, end));
      }
      text = seen & beyondAscii ? bytes.toString('utf8', at, end) : (bytes as AsciiBuffer).latin1Slice(at, end);
    } else {
      const raw = Buffer.from(bytes.subarray(at, end));
      if (this.encoding === 'UTF-16be' && length % 2 === 0) raw.swap16();
      text = raw.toString('utf16le');
      if (length % 2 === 1 || hasLoneSurrogate.test(text)) {
        this.lastDoubt = 'invalid-text';
        return Buffer.from(bytes.subarray(at, end));
      }
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ue000-\uf8ff\ufffe\uffff]/.test(text))
        this.lastClass = storageClass.oddText;
    }
    // A numeric column turns text that reads as a number into one.
    if (affinity !== 'TEXT' && affinity !== 'BLOB' && length < 64 && looksNumeric.test(text))
      this.lastDoubt = 'impossible-type';
    return text;
  }

  /** The bytes of some values one after the other, to see how far two keys are apart. */
  bytesOf(fields: readonly number[]): Buffer {
    return Buffer.concat(
      fields
        .filter((field) => field >= 0)
        .map((field) => {
          const at = this.record.starts[field] as number;
          return Buffer.concat([
            Buffer.from([(this.record.types[field] as number) & 0x7f]),
            this.bytes.subarray(at, at + (this.record.lengths[field] as number)),
          ]);
        }),
    );
  }

  /**
   * Hash of one value that is the same for a column and an index entry: numbers by value, text and blobs by their
   * bytes.
   */
  hashValue(field: number): number {
    const { record, bytes } = this;
    const type = record.types[field] as number;
    const at = record.starts[field] as number;
    if (type === 0) return 0x2545_f491;
    if (type >= 12) {
      let hash = type & 1 ? 0x1b87_3593 : 0x3c6e_f372;
      const end = at + (record.lengths[field] as number);
      for (let position = at; position < end; position += 1)
        hash = Math.imul(hash ^ (bytes[position] as number), 0x0100_0193);
      return hash ^ (hash >>> 15);
    }
    if (type === 7) return hashNumber(bytes.readDoubleBE(at));
    return hashNumber(type >= 8 ? type - 8 : readInteger(bytes, at, record.lengths[field] as number));
  }
}

/**
 * Node has this for as long as there are buffers; its types leave it out. `toString` costs half as much again around
 * it.
 */
type AsciiBuffer = Buffer & { latin1Slice(start: number, end: number): string };

const beyondAscii = 1;
const controlCharacter = 2;
const byteKinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return beyondAscii;
  const isControl = byte === 127 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
  return isControl ? controlCharacter : 0;
});
const hasLoneSurrogate = /\p{Surrogate}/u;
const looksNumeric = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

const doubles = new Float64Array(1);
const words = new Int32Array(doubles.buffer);

export function hashNumber(value: number | bigint): number {
  doubles[0] = Number(value) + 0;
  let hash = Math.imul((words[0] as number) ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(words[1] as number, 0xc2b2_ae35);
  if (typeof value === 'bigint') hash ^= Number(BigInt.asIntN(32, value));
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b_3c6d);
}

/** Order-dependent mixing of the parts of a key. */
export const mixHash = (hash: number, part: number): number =>
  Math.imul((hash << 5) ^ (hash >>> 27) ^ part, 0x27d4_eb2f) ^ (part >>> 13);
