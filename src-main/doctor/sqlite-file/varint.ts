/**
 * SQLite's variable-length integers. Readers keep their position in `lastVarint`, so that the hot loops allocate
 * nothing.
 */

export const lastVarint = {
  /** First byte after the varint; -1 where it ran past the limit. */
  end: 0,
  /** SQLite always writes the shortest form; a longer one is damage. */
  isShortest: true,
};

/** An unsigned varint as a number. Past 2^53 it is Infinity: no length, count or serial type can be that large. */
export function readVarint(bytes: Uint8Array, at: number, limit: number): number {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const position = at + index;
    if (position >= limit) {
      lastVarint.end = -1;
      return 0;
    }
    const byte = bytes[position] as number;
    if (index === 8) {
      lastVarint.end = position + 1;
      // Eight bytes hold 56 bits; `value` is what is above the last 8 of the 64.
      lastVarint.isShortest = value >= 2 ** 48;
      return Number.POSITIVE_INFINITY;
    }
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      lastVarint.end = position + 1;
      // The shortest form never begins with seven zero bits.
      lastVarint.isShortest = index === 0 || bytes[at] !== 0x80;
      return value <= Number.MAX_SAFE_INTEGER ? value : Number.POSITIVE_INFINITY;
    }
  }
  return value;
}

/** A rowid: a signed 64-bit number, as bigint only where a double could not hold it. */
export type Rowid = number | bigint;

export function readRowid(bytes: Uint8Array, at: number, limit: number): Rowid {
  const first = at < limit ? (bytes[at] as number) : 0x80;
  if (first < 0x80) {
    lastVarint.end = at + 1;
    lastVarint.isShortest = true;
    return first;
  }
  const value = readVarint(bytes, at, limit);
  if (value !== Number.POSITIVE_INFINITY || lastVarint.end === -1) return value;
  let wide = 0n;
  for (let position = at; position < lastVarint.end; position += 1) {
    const byte = bytes[position] as number;
    wide = position - at === 8 ? (wide << 8n) | BigInt(byte) : (wide << 7n) | BigInt(byte & 0x7f);
  }
  const signed = BigInt.asIntN(64, wide);
  const narrow = Number(signed);
  return Number.isSafeInteger(narrow) ? narrow : signed;
}
