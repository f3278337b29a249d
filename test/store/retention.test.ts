import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { levels } from '../../src-main/store/compaction/levels.ts';
import { connect } from '../../src-main/store/connect.ts';
import { defaultRetention } from '../../src-main/store/retention.ts';
import { createStoreThread } from '../../src-main/store/store-thread.ts';

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const day = 24 * hour;
const folder = mkdtempSync(join(tmpdir(), 'hakgal-retention-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sizeOf = (path: string): number =>
  ['', '-wal'].reduce((sum, suffix) => sum + (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0), 0);

interface Feed {
  readonly from: number;
  readonly until: number;
  readonly stepMs: number;
  readonly width: number;
  readonly value: () => number;
}

/** What no codec makes small. */
function noise(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 7;
  };
}

/** `width` series from `from` to `until`, a tick each `stepMs`. */
async function fill(
  thread: ReturnType<typeof createStoreThread>,
  { from, until, stepMs, width, value }: Feed,
  afterEach: () => void = () => {},
): Promise<void> {
  const names = Array.from({ length: width }, (_, index) => `noise_${index + 1}`);
  thread.importBegin({
    newSeries: names.map((key, index) => ({ id: index + 1, key, metric: key, labels: {} })),
    ids: Uint32Array.from(names, (_, index) => index + 1),
    gaps: [],
  });
  const count = 600;
  for (let at = from; at < until; at += count * stepMs) {
    await thread.importTicks({
      at: Float64Array.from({ length: count }, (_, tick) => at + tick * stepMs),
      ends: Uint32Array.from({ length: count }, (_, tick) => (tick + 1) * width),
      columns: Uint32Array.from({ length: count * width }, (_, index) => index % width),
      values: Float64Array.from({ length: count * width }, value),
    });
    afterEach();
  }
  await thread.importEnd(null);
}

const clock = { monotonic: () => performance.now() };

describe('what is too old', () => {
  const path = join(folder, 'ages.db');
  const thread = createStoreThread({ path, clock });
  beforeAll(async () => {
    await thread.open({ retention: { ...defaultRetention, rawDays: 1, minuteDays: 3, quarterHourDays: 20 } });
    await fill(thread, { from: start, until: start + 40 * day, stepMs: 4_000, width: 1, value: () => 42 });
    await thread.settle(null);
    await thread.close(null);
  }, 60_000);

  it('goes level by level: seconds first, then minutes, then quarters of an hour', () => {
    const database = connect(path);
    const oldest = new Map(
      (
        database.prepare('SELECT level, min(start) AS start FROM segments GROUP BY level').all() as {
          level: number;
          start: number;
        }[]
      ).map(({ level, start: first }) => [level, first]),
    );
    const daysKept = (level: number): number => (start + 40 * day - (oldest.get(level) ?? Number.NaN)) / day;
    expect(daysKept(levels.raw.id)).toBeLessThanOrEqual(1 + 3 / 24);
    expect(daysKept(levels.minutes.id)).toBeGreaterThan(2);
    expect(daysKept(levels.minutes.id)).toBeLessThanOrEqual(4 + 3 / 24);
    expect(daysKept(levels.quarters.id)).toBeGreaterThan(19);
    expect(daysKept(levels.quarters.id)).toBeLessThanOrEqual(20 + 16 + 1);
    database.close();
  });

  it('gives its room back to the disk', () => {
    const database = connect(path);
    const figure = (name: string): number => database.pragma(name, { simple: true }) as number;
    expect(figure('freelist_count')).toBeLessThan(figure('page_count') * 0.05 + 64);
    database.close();
  });
});

describe('a limit of size', () => {
  it('is never exceeded, and the newest is what stays', async () => {
    const path = join(folder, 'limited.db');
    const maxBytes = 12 * 1024 * 1024;
    const thread = createStoreThread({ path, clock });
    await thread.open({ retention: { ...defaultRetention, maxBytes } });
    const days = 1.5;
    let largest = 0;
    await fill(thread, { from: start, until: start + days * day, stepMs: 1_000, width: 8, value: noise() }, () => {
      largest = Math.max(largest, sizeOf(path));
    });
    await thread.settle(null);
    const stored = thread.listSeries(null);
    const { series } = await thread.range({
      series: ['noise_1'],
      from: start + days * day - hour,
      until: start + days * day,
      columns: 3_600,
    });
    await thread.close(null);
    expect(largest).toBeGreaterThan(maxBytes / 4);
    expect(largest).toBeLessThanOrEqual(maxBytes);
    expect(stored).toHaveLength(8);
    expect(Array.from(series[0]?.count ?? []).reduce((sum, count) => sum + count, 0)).toBe(3_600);
  }, 120_000);
});
