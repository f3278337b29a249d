import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskFullForecast } from '../../src-main/analysis/disk-full-forecast.ts';
import { fitTrend } from '../../src-main/analysis/trend.ts';
import { NoData } from '../../src-main/sampling/source.ts';

const now = Date.UTC(2026, 0, 2);
const minute = 60_000;

/** Free bytes minute by minute up to now, as the store would tell them. */
function forecastOf(free: readonly number[], everyMs = 5 * minute): Promise<[number, string | undefined][]> {
  const at = free.map((_, index) => now - (free.length - 1 - index) * everyMs);
  const column = { at, min: free, max: free, first: free, last: free, average: free, count: free.map(() => 300) };
  const source = diskFullForecast({
    range: async () => ({
      from: 0,
      until: now,
      stepMs: everyMs,
      resolution: 'raw',
      gaps: [],
      series: [
        {
          key: 'disk_space_free_bytes{volume="/"}',
          metric: 'disk_space_free_bytes',
          labels: { volume: '/' },
          ...column,
        },
      ],
    }),
  });
  const seen: [number, string | undefined][] = [];
  const sink = {
    sample: (_: unknown, value: number | null | undefined, labels?: Readonly<Record<string, string>>) =>
      void seen.push([value as number, labels?.volume]),
  };
  return Promise.resolve(source.collect(sink, { at: now, monotonic: 0, signal: new AbortController().signal })).then(
    () => seen,
  );
}

describe('the disk-full forecast', () => {
  it('says when a volume that loses a gigabyte an hour will be full', async () => {
    const free = Array.from({ length: 72 }, (_, index) => 20e9 - (index * 1e9) / 12);
    const [[seconds, volume] = []] = await forecastOf(free);
    expect(volume).toBe('/');
    expect(seconds).toBeCloseTo((14.083e9 / 1e9) * 3600, -2);
  });

  it('says nothing of a volume that gains room or stays as it is', async () => {
    expect(await forecastOf(Array.from({ length: 72 }, (_, index) => 1e9 + index * 1e6))).toEqual([]);
    expect(await forecastOf(new Array(72).fill(1e9))).toEqual([]);
  });

  it('is not misled by a large file that was written and deleted again', async () => {
    const steady = Array.from({ length: 72 }, (_, index) => 20e9 - (index * 1e9) / 12);
    const disturbed = steady.map((value, index) => (index > 30 && index < 40 ? value - 15e9 : value));
    const [[before] = []] = await forecastOf(steady);
    const [[after] = []] = await forecastOf(disturbed);
    expect(Math.abs((after as number) - (before as number))).toBeLessThan(0.1 * (before as number));
  });

  it('waits for half an hour of history', async () => {
    await expect(forecastOf([3e9, 2e9, 1e9])).rejects.toBeInstanceOf(NoData);
  });
});

describe('a trend', () => {
  it('finds the line that the points lie on', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: -1e6, max: 1e6 }), (slope, start) => {
        const trend = fitTrend(
          Array.from({ length: 20 }, (_, index) => ({ at: index * 1000, value: start + slope * index * 1000 })),
        );
        expect(trend?.slope).toBeCloseTo(slope, 6);
        expect(trend?.now).toBeCloseTo(start + slope * 19_000, 3);
      }),
    );
  });

  it('needs three points', () => {
    expect(
      fitTrend([
        { at: 0, value: 1 },
        { at: 1, value: 2 },
      ]),
    ).toBeUndefined();
  });
});
