import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastVarint, readRowid, readVarint } from '../../../src-main/doctor/sqlite-file/varint.ts';

/** Written from the file format's own description: up to eight bytes of seven bits, a ninth of eight. */
function write(value: bigint): Buffer {
  const unsigned = BigInt.asUintN(64, value);
  if (unsigned >= 1n << 56n) {
    const bytes = [Number(unsigned & 0xffn)];
    for (let rest = unsigned >> 8n; bytes.length < 9; rest >>= 7n) bytes.unshift(Number(rest & 0x7fn) | 0x80);
    return Buffer.from(bytes);
  }
  const bytes = [Number(unsigned & 0x7fn)];
  for (let rest = unsigned >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(Number(rest & 0x7fn) | 0x80);
  return Buffer.from(bytes);
}

describe('varints', () => {
  it('reads back every signed 64-bit rowid, in its shortest form', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const bytes = write(value);
        expect(BigInt(readRowid(bytes, 0, bytes.length))).toBe(value);
        expect(lastVarint).toEqual({ end: bytes.length, isShortest: true });
      }),
      // Where one form ends and the next begins.
      {
        examples: [7n, 14n, 21n, 28n, 35n, 42n, 49n, 56n].flatMap(
          (bits) => [[2n ** bits - 1n], [2n ** bits]] as [bigint][],
        ),
      },
    );
  });

  it('gives no length past 2^53, and none that runs over the limit', () => {
    expect(readVarint(write(2n ** 60n), 0, 9)).toBe(Number.POSITIVE_INFINITY);
    readVarint(Buffer.from([0x81, 0x82]), 0, 2);
    expect(lastVarint.end).toBe(-1);
  });

  it('notices a form longer than needed', () => {
    expect(readVarint(Buffer.from([0x80, 0x05]), 0, 2)).toBe(5);
    expect(lastVarint.isShortest).toBe(false);
  });
});
