import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { levels } from '../../src-main/store/compaction/levels.ts';
import { createStoreThread, type StoreThread } from '../../src-main/store/store-thread.ts';

/** A little over a day: every level but the largest has something in it. */
const start = Date.UTC(2026, 0, 1, 0, 3);
const seconds = 100_000;
const at = (second: number): number => start + second * 1000;
const end = at(seconds);

/** What each series is at a second; undefined: nothing. */
const shapes: Record<string, (second: number) => number | undefined> = {
  wave: (second) => Math.round(5000 + 4000 * Math.sin(second / 500)) / 100,
  counter: (second) => (second < 50_000 ? second * 3 : (second - 50_000) * 3),
  slow: (second) => (second % 10 === 0 ? second : undefined),
  spike: (second) => (second === 43_210 ? 1e6 : 1),
  late: (second) => (second > 90_000 ? Math.fround(second / 7) : undefined),
  absent: (second) => (second % 5 === 0 ? Number.NaN : second % 7 === 0 ? 0 : undefined),
};
const names = Object.keys(shapes);
const keyOf = (name: string): string => `gauge{of="${name}"}`;

function toAppend(second: number): Parameters<StoreThread['append']>[0][number] {
  const samples = names.flatMap((name, index): [number, number][] => {
    const value = shapes[name]?.(second);
    return value === undefined ? [] : [[index + 1, value]];
  });
  return {
    at: at(second),
    newSeries:
      second === 0
        ? names.map((name, index) => ({ id: index + 1, key: keyOf(name), metric: 'gauge', labels: { of: name } }))
        : [],
    ids: Uint32Array.from(samples, ([id]) => id),
    values: Float64Array.from(samples, ([, value]) => value),
    gaps: [],
  };
}

/** The model: the samples themselves, without those that are no numbers. */
function samplesOf(name: string, from: number, until: number): { at: number; value: number }[] {
  const found: { at: number; value: number }[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const value = shapes[name]?.(second);
    if (at(second) >= from && at(second) < until && value !== undefined && !Number.isNaN(value))
      found.push({ at: at(second), value });
  }
  return found;
}
const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);

const folder = mkdtempSync(join(tmpdir(), 'hakgal-history-'));
const path = join(folder, 'history.db');
const thread = createStoreThread({ path, clock: { monotonic: () => performance.now() } });

beforeAll(async () => {
  await thread.open(null);
  for (let second = 0; second < seconds; second += 100) {
    await thread.append(Array.from({ length: 100 }, (_, index) => toAppend(second + index)));
    await thread.settle(null);
  }
}, 60_000);
afterAll(async () => {
  await thread.close(null);
  rmSync(folder, { recursive: true });
});

const stretches = [
  ['the last minutes, which are still ticks', at(seconds - 300), end, 300],
  ['an hour across ticks and blocks', at(seconds - 3600), end, 600],
  ['a day of seconds', end - 86_400_000, end, 1000],
  ['all of it from minutes', start, end, 100],
  ['all of it from quarters of an hour', start - 3_600_000, end, 12],
  ['a stretch with ragged ends', at(12_345) + 500, at(54_321) + 77, 733],
] as const;

describe('a range', () => {
  for (const [what, from, until, columns] of stretches)
    it(`of ${what} has every sample once and no extreme lost`, async () => {
      const answer = await thread.range({ series: ['gauge'], from, until, columns });
      for (const [index, name] of names.entries()) {
        const series = answer.series[index];
        // A bucket of a roll-up that begins before the stretch is not part of it.
        const first = answer.resolution === 'raw' ? from : Math.max(from, Math.ceil(from / 60_000) * 60_000);
        const model = samplesOf(name, first, until);
        expect(sum([...(series?.count ?? [])])).toBe(model.length);
        expect(Math.max(...(series?.max ?? []))).toBe(Math.max(...model.map(({ value }) => value)));
        expect(Math.min(...(series?.min ?? []))).toBe(Math.min(...model.map(({ value }) => value)));
        expect(series?.at.length).toBeLessThanOrEqual(columns + 1);
        expect(series?.last.at(-1)).toBe(model.at(-1)?.value);
        expect(series?.first.at(0)).toBe(model.at(0)?.value);
      }
    });

  it('shows the one second of a spike at its column, at any zoom', async () => {
    for (const columns of [1000, 300, 20]) {
      const { series, stepMs } = await thread.range({ series: [keyOf('spike')], from: start, until: end, columns });
      const [spike] = series;
      const place = [...(spike?.max ?? [])].indexOf(1e6);
      expect(Math.abs((spike?.at[place] as number) + stepMs / 2 - at(43_210))).toBeLessThanOrEqual(stepMs / 2);
    }
  });

  it('ends with the signal', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(
      thread.range(
        { series: ['gauge'], from: start, until: end, columns: 1000 },
        { signal: controller.signal, progress: () => {} },
      ),
    ).rejects.toThrow('enough');
  });
});

describe('one figure for a stretch', () => {
  const of = async (
    aggregation: Parameters<StoreThread['aggregate']>[0]['aggregation'],
    name: string,
    quantile = 0.95,
  ) =>
    (await thread.aggregate({ series: [keyOf(name)], from: at(100) + 1, until: end, aggregation, quantile })).values[
      keyOf(name)
    ];
  const wave = samplesOf('wave', at(100) + 1, end).map(({ value }) => value);

  it('is the same from roll-ups as from the samples', async () => {
    expect(await of('average', 'wave')).toBeCloseTo(sum(wave) / wave.length, 9);
    expect(await of('min', 'wave')).toBe(Math.min(...wave));
    expect(await of('max', 'wave')).toBe(Math.max(...wave));
    expect(await of('count', 'wave')).toBe(wave.length);
    expect(await of('last', 'wave')).toBe(wave.at(-1));
  });

  it('takes the growth of a counter over its restart, and never finds a negative rate', async () => {
    // Up to 49,999 × 3, then from zero again.
    const grown = (49_999 - 101) * 3 + (seconds - 1 - 50_000) * 3;
    expect(await of('increase', 'counter')).toBe(grown);
    expect(await of('rate', 'counter')).toBeGreaterThan(2.99);
  });

  it('ranks samples for a quantile, within half a percent when they are many', async () => {
    const sorted = wave.toSorted((a, b) => a - b);
    const exact = sorted[Math.floor(0.95 * (sorted.length - 1))] as number;
    expect(Math.abs(((await of('quantile', 'wave')) as number) / exact - 1)).toBeLessThan(0.006);
  });

  it('is null where there was nothing, and counts it as 0', async () => {
    const query = { series: [keyOf('late')], from: start, until: at(1000), quantile: 0.5 };
    expect((await thread.aggregate({ ...query, aggregation: 'average' })).values).toEqual({ [keyOf('late')]: null });
    expect((await thread.aggregate({ ...query, aggregation: 'count' })).values).toEqual({ [keyOf('late')]: 0 });
  });
});

describe('the value at a moment', () => {
  it('is the last one at or before it, if that is not too old', async () => {
    const values = await thread.valueAt({ series: ['gauge'], at: at(70_005) + 400, withinMs: 30_000 });
    expect(values[keyOf('slow')]).toEqual({ at: at(70_000), value: 70_000 });
    expect(values[keyOf('counter')]).toEqual({ at: at(70_005), value: 60_015 });
    expect(values[keyOf('late')]).toBeNull();
    expect((await thread.valueAt({ series: ['gauge'], at: at(70_005), withinMs: 1000 }))[keyOf('slow')]).toBeNull();
  });

  it('passes over what is no number', async () => {
    const values = await thread.valueAt({ series: [keyOf('absent')], at: at(70_005), withinMs: 60_000 });
    expect(values[keyOf('absent')]).toEqual({ at: at(69_993), value: 0 });
  });
});

describe('the file', () => {
  it('has moved everything into large blocks but what is too young', () => {
    const database = new Database(path, { readonly: true });
    const count = (sql: string): number => database.prepare(sql).pluck().get() as number;
    expect(count('SELECT count(*) FROM head')).toBeLessThanOrEqual(600);
    expect(count(`SELECT count(DISTINCT start) FROM segments WHERE level = ${levels.fresh.id}`)).toBeLessThan(12);
    expect(count(`SELECT count(DISTINCT start) FROM segments WHERE level = ${levels.minutes.id}`)).toBe(1);
    expect(count(`SELECT count(DISTINCT start) FROM segments WHERE level = ${levels.freshQuarters.id}`)).toBe(1);
    database.close();
  });

  it('knows since when and until when each series was there', () => {
    const list = thread.listSeries(null);
    expect(list.find(({ key }) => key === keyOf('late'))?.lastAt).toBe(at(seconds - 1));
    expect(list).toHaveLength(names.length);
  });
});
