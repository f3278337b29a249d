import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../src-main/contract/batch.ts';
import type { MetricDescription } from '../../src-main/contract/metric.ts';
import { openStore, type Store } from '../../src-main/store/open-store.ts';
import { createRandom } from '../insights/random.ts';

const minuteMs = 60_000;
const metric: MetricDescription = {
  name: 'system_cpu_percent',
  title: { en: 'CPU', de: 'CPU' },
  help: { en: 'CPU.', de: 'CPU.' },
  unit: 'percent',
  kind: 'gauge',
  labels: [],
};
const series = { key: metric.name, metric, labels: {} };
const folders: string[] = [];
const stores: Store[] = [];

async function opened(folder: string): Promise<Store> {
  const store = await openStore(join(folder, 'history.db'), { watchPath: join(folder, 'state') });
  stores.push(store);
  return store;
}

async function write(store: Store, from: number, minutes: number, valueAt: (minute: number) => number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    const batch: Batch = { at: from + minute * minuteMs, samples: [{ series, value: valueAt(minute) }], gaps: [] };
    await store.append(batch);
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-watched-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close().catch(() => {});
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the watch on the thread of the store', () => {
  const start = Date.UTC(2026, 2, 9);
  const noise = createRandom(3);
  const calm = (): number => 20 + 4 * noise();

  it('watches what is stored, foretells it, and keeps what it learned over a restart', {
    timeout: 60_000,
  }, async () => {
    const folder = newFolder();
    const first = await opened(folder);
    await write(first, start, 1_600, calm);
    expect(await first.insights.anomalyStatus()).toMatchObject({ watchedSeries: 1, learnedHours: 26, setAside: null });
    const at = start + 1_600 * minuteMs;
    const { forecast } = await first.insights.forecast({ series: metric.name, hours: 6, at });
    expect(forecast?.mean).toHaveLength(24);
    for (const value of forecast?.mean ?? []) expect(value).toBeCloseTo(22, -1);
    await first.close();
    const second = await opened(folder);
    await write(second, at, 30, (minute) => (minute < 15 ? calm() : 97));
    expect(await second.insights.anomalies({ from: at, until: at + 30 * minuteMs })).toMatchObject([
      { series: metric.name, from: at + 15 * minuteMs, until: null },
    ]);
  });

  it('has lost nothing after a crash: what came since the state was saved is read from the history', {
    timeout: 60_000,
  }, async () => {
    const folder = newFolder();
    const state = join(folder, 'state');
    const first = await opened(folder);
    await write(first, start, 1_600, calm);
    const savedBefore = readFileSync(state);
    const at = start + 1_600 * minuteMs;
    const isOdd = (minute: number): boolean => minute >= 2 && minute < 5;
    await write(first, at, 4, (minute) => (isOdd(minute) ? 97 : calm()));
    // As a kill leaves it: the store has every tick, the state is that of a while ago.
    expect(readFileSync(state).equals(savedBefore)).toBe(true);
    await first.close();
    writeFileSync(state, savedBefore);
    const second = await opened(folder);
    await write(second, at + 4 * minuteMs, 2, (minute) => (isOdd(minute + 4) ? 97 : calm()));
    await expect
      .poll(() => second.insights.anomalies({ from: at, until: at + 30 * minuteMs }), { timeout: 10_000 })
      .toMatchObject([{ series: metric.name, from: at + 2 * minuteMs }]);
  });

  it('sets a damaged state aside, says so, and learns anew from the history', { timeout: 60_000 }, async () => {
    const folder = newFolder();
    const first = await opened(folder);
    await write(first, start, 1_600, calm);
    await first.close();
    writeFileSync(join(folder, 'state'), 'no checksum\n{"version":1}');
    const second = await opened(folder);
    const at = start + 1_600 * minuteMs;
    await write(second, at, 2, calm);
    const status = await second.insights.anomalyStatus();
    expect(status.setAside?.path).toContain('.damaged');
    expect(readdirSync(folder).some((name) => name.endsWith('.damaged'))).toBe(true);
    await expect.poll(async () => (await second.insights.anomalyStatus()).learnedHours).toBeGreaterThan(24);
  });
});
