import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DamagedBlock, decodeBlock, encodeBlock, isIntact, summaryOf } from '../../../src-main/store/codec/block.ts';
import { blocksOf, SegmentBuilder } from '../../../src-main/store/codec/segment.ts';
import { decodeHeadRow, encodeHeadRow } from '../../../src-main/store/head/head-row.ts';

const base = Date.UTC(2026, 0, 1);

/** The bits, so that -0 is not 0 and a NaN is a NaN. */
const same = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, index) => Object.is(value, b[index]));

const anyDouble = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, Number.NaN, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53, -(2 ** 49), Number.POSITIVE_INFINITY),
);
const measured = fc.oneof(
  fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
  fc.integer({ min: -100_000, max: 100_000 }).map((whole) => whole / 100),
  fc.constant(Number.NaN),
);
const distances = fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 300 });

const content = (value: fc.Arbitrary<number>) =>
  fc.tuple(distances, fc.func(value)).map(([steps, valueAt]) => {
    let at = base;
    const times = Float64Array.from(steps, (step) => (at += step));
    return { at: times, columns: [Float64Array.from(times, (_, index) => valueAt(index))] };
  });

describe('a block', () => {
  for (const [what, value] of [
    ['any doubles', anyDouble],
    ['what collectors measure', measured],
  ] as const)
    it(`gives back ${what} bit for bit, with NaN and uneven times`, () => {
      fc.assert(
        fc.property(content(value), fc.constantFrom(0, 5, 9), (block, quality) => {
          const back = decodeBlock(encodeBlock(block, base, quality), base);
          return same(back.at, block.at) && same(back.columns[0] as Float64Array, block.columns[0] as Float64Array);
        }),
        { numRuns: 300 },
      );
    });

  it('gives back several columns, each in its own form', () => {
    const at = Float64Array.from([base, base + 60_000, base + 120_000]);
    const columns = [
      [1.5, 2.5, 3.5],
      [7, 7, 7],
      [Math.PI, Math.E, -0],
      [4096, 8192, 1_048_576],
    ].map((list) => Float64Array.from(list));
    const back = decodeBlock(encodeBlock({ at, columns }, base), base);
    expect(back.columns.map((column) => [...column])).toEqual(columns.map((column) => [...column]));
  });

  it('tells its summary without being unpacked, and leaves NaN out of it', () => {
    const at = Float64Array.from([1, 2, 3, 4], (second) => base + second * 1000);
    const block = encodeBlock({ at, columns: [Float64Array.from([5, Number.NaN, -2, 9.5])] }, base);
    expect(summaryOf(block)).toEqual({ count: 4, numbers: 3, min: -2, max: 9.5, sum: 12.5, first: 5, last: 9.5 });
  });

  it('keeps a constant hour of seconds in a few dozen bytes', () => {
    const at = Float64Array.from({ length: 3600 }, (_, second) => base + second * 1000);
    expect(encodeBlock({ at, columns: [new Float64Array(3600).fill(42.5)] }, base).length).toBeLessThan(40);
  });

  it('is refused when any byte of it has changed', () => {
    const at = Float64Array.from({ length: 100 }, (_, second) => base + second * 1000);
    const whole = encodeBlock({ at, columns: [at.map((time) => Math.sin(time))] }, base);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const damaged = Buffer.from(whole);
        damaged[place] = (damaged[place] as number) ^ flip;
        expect(isIntact(damaged)).toBe(false);
        expect(() => decodeBlock(damaged, base)).toThrow(DamagedBlock);
      }),
    );
  });

  it('says so when it was written by a version that this app does not know', () => {
    const at = Float64Array.from([base]);
    const block = encodeBlock({ at, columns: [Float64Array.from([1])] }, base);
    expect(block[4]).toBe(1);
  });
});

describe('a segment', () => {
  it('holds the blocks of many series and gives each back', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(100_000), { maxLength: 60 }),
        fc.uint8Array({ minLength: 1, maxLength: 9000 }),
        (ids, bytes) => {
          const builder = new SegmentBuilder();
          const sorted = ids.toSorted((a, b) => a - b);
          for (const id of sorted) builder.add(id, Buffer.from(bytes));
          const back = builder.finish().flatMap(({ data }) => blocksOf(data));
          expect(back.map(({ series }) => series)).toEqual(sorted);
          expect(back.every(({ block }) => block.equals(Buffer.from(bytes)))).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a tick', () => {
  it('gives back any numbers of series and any doubles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(1_000_000), fc.oneof(anyDouble, measured)), { maxLength: 50 }),
        (samples) => {
          const row = {
            ids: Uint32Array.from(samples, ([id]) => id),
            values: Float64Array.from(samples, ([, value]) => value),
          };
          const back = decodeHeadRow(encodeHeadRow(row));
          expect([...back.ids]).toEqual([...row.ids]);
          expect(same(back.values, row.values)).toBe(true);
        },
      ),
    );
  });
});
