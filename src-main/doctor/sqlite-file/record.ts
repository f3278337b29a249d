/** One record: its header of serial types, checked as strictly as SQLite writes them, and the places of its values. */
import { lastVarint, readVarint } from './varint.ts';

/** Why a record is not as SQLite writes one; 0 is none. */
export const recordFlaw = {
  none: 0,
  /** The header or the values do not fit the payload exactly. */
  length: 1,
  /** A serial type that does not exist (10, 11). */
  serialType: 2,
  /** An integer, length or type in a longer form than SQLite would choose, or a NaN. */
  notCanonical: 4,
} as const;

/** SQLITE_MAX_COLUMN as everyone has it; the reader's room is bounded by it. */
const maxFields = 2000;

const smallLengths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0] as const;

export class RecordReader {
  /** Fields of the record last parsed. */
  count = 0;
  flaw: number = recordFlaw.none;
  readonly types = new Float64Array(maxFields);
  readonly starts = new Float64Array(maxFields);
  readonly lengths = new Float64Array(maxFields);
  /** Files of schema format below 4 store 0 and 1 in a byte each. */
  readonly hasByteBooleans: boolean;

  constructor(hasByteBooleans = false) {
    this.hasByteBooleans = hasByteBooleans;
  }

  /**
   * Parses the record in `bytes` from `start`. Only `available` bytes of its `length` need be there (the rest is on
   * overflow pages): values beyond are placed but not looked at. Returns whether the fields can be used at all; `flaw`
   * then still may say that they should not be trusted.
   */
  parse(bytes: Uint8Array, start: number, length: number, available: number): boolean {
    this.count = 0;
    this.flaw = recordFlaw.none;
    const limit = start + Math.min(length, available);
    const headerLength = readVarint(bytes, start, limit);
    let at = lastVarint.end;
    if (at === -1 || headerLength > length || headerLength < 1 || headerLength < at - start) return this.#fail();
    if (!lastVarint.isShortest) this.flaw |= recordFlaw.notCanonical;
    const headerEnd = start + headerLength;
    if (headerEnd > limit) return this.#fail();
    let body = headerEnd;
    let count = 0;
    while (at < headerEnd) {
      let type = bytes[at] as number;
      if (type < 0x80) at += 1;
      else {
        type = readVarint(bytes, at, headerEnd);
        if (lastVarint.end === -1 || type === Number.POSITIVE_INFINITY) return this.#fail();
        if (!lastVarint.isShortest) this.flaw |= recordFlaw.notCanonical;
        at = lastVarint.end;
      }
      if (type === 10 || type === 11) {
        this.flaw |= recordFlaw.serialType;
        return false;
      }
      if (count >= maxFields) return this.#fail();
      const size = type >= 12 ? Math.floor((type - 12) / 2) : (smallLengths[type] as number);
      this.types[count] = type;
      this.starts[count] = body;
      this.lengths[count] = size;
      if (type !== 0 && type < 8 && body + size <= limit && !this.#isCanonical(bytes, body, type))
        this.flaw |= recordFlaw.notCanonical;
      body += size;
      count += 1;
    }
    this.count = count;
    if (body !== start + length) {
      this.flaw |= recordFlaw.length;
      return false;
    }
    return true;
  }

  #fail(): false {
    this.flaw |= recordFlaw.length;
    return false;
  }

  /** Integers are stored in the fewest bytes that hold them, and NaN never is. */
  #isCanonical(bytes: Uint8Array, at: number, type: number): boolean {
    const first = bytes[at] as number;
    const second = bytes[at + 1] as number;
    switch (type) {
      case 1:
        return first > 1 || this.hasByteBooleans;
      case 2:
        return !((first === 0 && second < 128) || (first === 255 && second >= 128));
      case 3:
        return !((first === 0 && second < 128) || (first === 255 && second >= 128));
      case 4:
        return !((first === 0 && second < 128) || (first === 255 && second >= 128));
      case 5: {
        // Six bytes hold what four don't.
        const third = bytes[at + 2] as number;
        if (first === 0 && second === 0) return third >= 128;
        if (first === 255 && second === 255) return third < 128;
        return true;
      }
      case 6: {
        const third = bytes[at + 2] as number;
        if (first === 0 && second === 0) return third >= 128;
        if (first === 255 && second === 255) return third < 128;
        return true;
      }
      case 7:
        return !((first & 0x7f) === 0x7f && second >= 0xf0 && !isInfinity(bytes, at));
      default:
        return true;
    }
  }
}

function isInfinity(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 1] !== 0xf0) return false;
  for (let index = 2; index < 8; index += 1) if (bytes[at + index] !== 0) return false;
  return true;
}

/** A big-endian signed integer of 1 to 8 bytes; bigint only where a double could not hold it. */
export function readInteger(bytes: Buffer, at: number, length: number): number | bigint {
  if (length <= 6) return bytes.readIntBE(at, length);
  const wide = bytes.readBigInt64BE(at);
  const narrow = Number(wide);
  return Number.isSafeInteger(narrow) ? narrow : wide;
}
