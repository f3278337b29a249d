import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Batch } from '../../src-main/contract/batch.ts';
import { type Series, seriesKey } from '../../src-main/contract/metric.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import { openStore, type Store } from '../../src-main/store/open-store.ts';
import { temporaryFolder } from '../support/temporary.ts';

const start = Date.UTC(2026, 0, 1);
const metric = {
  name: 'load',
  title: sameInEvery('Load'),
  help: sameInEvery('Load.'),
  unit: 'count',
  kind: 'gauge',
  labels: ['core'],
} as const;
const core = (name: string): Series => ({ key: seriesKey(metric, { core: name }), metric, labels: { core: name } });
const tick = (second: number, values: Record<string, number>): Batch => ({
  at: start + second * 1000,
  samples: Object.entries(values).map(([name, value]) => ({ series: core(name), value })),
  gaps: [],
});
const everything = { series: ['load'], from: start, until: start + 3_600_000, columns: 3600 };

async function opened(path: string): Promise<Store> {
  const store = await openStore(path);
  onTestFinished(() => store.close().catch(() => {}));
  return store;
}

describe('the store', () => {
  it('gives back what was stored, also after it was closed and opened again', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const store = await opened(path);
    await store.append(tick(0, { a: 1, b: 10 }));
    await store.append(tick(1, { a: 2 }));
    await store.close();
    const again = await opened(path);
    await again.append(tick(2, { a: 3, c: 7 }));
    const { series } = await again.range(everything);
    expect(series.map(({ key, last }) => [key, [...last]])).toEqual([
      ['load{core="a"}', [1, 2, 3]],
      ['load{core="b"}', [10]],
      ['load{core="c"}', [7]],
    ]);
    expect(again.newestAt).toBe(start + 1000);
  });

  it('loses no extreme when it has to draw many seconds in few columns', async () => {
    const store = await opened(join(temporaryFolder(), 'history.db'));
    for (let second = 0; second < 60; second += 1)
      await store.append(tick(second, { a: second === 31 ? 100 : second === 32 ? -5 : 1 }));
    const { series, stepMs } = await store.range({ ...everything, until: start + 60_000, columns: 2 });
    expect(stepMs).toBe(30_000);
    expect([...(series[0]?.max ?? [])]).toEqual([1, 100]);
    expect([...(series[0]?.min ?? [])]).toEqual([1, -5]);
    expect([...(series[0]?.count ?? [])]).toEqual([30, 30]);
  });

  it('returns the gaps of the range with their cause', async () => {
    const store = await opened(join(temporaryFolder(), 'history.db'));
    const gap = { from: start - 60_000, until: start, cause: 'sleep' } as const;
    await store.append({ ...tick(0, { a: 1 }), gaps: [gap] });
    expect((await store.range({ ...everything, from: start - 30_000 })).gaps).toEqual([gap]);
  });

  it('counts a tick once when it is handed in twice', async () => {
    const store = await opened(join(temporaryFolder(), 'history.db'));
    await store.append(tick(0, { a: 1 }));
    await store.append(tick(0, { a: 1 }));
    expect([...((await store.range(everything)).series[0]?.count ?? [])]).toEqual([1]);
  });

  it('sets a damaged file aside, says where it lies and starts afresh', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'history.db');
    writeFileSync(path, 'this is no database, but long enough to look at'.repeat(100));
    const store = await opened(path);
    expect(store.status().recoveryLevel).toBe('fresh');
    expect(readdirSync(folder)).toContain('history.db.damaged');
    expect(store.status().message).toContain('history.db.damaged');
    await store.append(tick(0, { a: 1 }));
  });

  it('keeps history in memory when the file can not be made', async () => {
    const store = await opened(join(temporaryFolder(), 'missing-folder', 'history.db'));
    expect(store.status().recoveryLevel).toBe('in-memory');
    await store.append(tick(0, { a: 1 }));
    expect((await store.range(everything)).series).toHaveLength(1);
  });

  it('refuses a file from a newer version and leaves it as it is', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const newer = new Database(path);
    newer.pragma('user_version = 9999');
    newer.close();
    const before = readFileSync(path);
    await expect(openStore(path)).rejects.toThrow('newer version');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}.damaged`)).toBe(false);
  });

  it('keeps ticks that could not be written and stores them once it can', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const store = await opened(path);
    await store.append(tick(0, { a: 1 }));
    const blocker = new Database(path);
    blocker.exec('BEGIN IMMEDIATE');
    await expect(store.append(tick(1, { a: 2, new: 5 }))).rejects.toThrow('locked');
    expect(store.status().state).toBe('failing');
    blocker.exec('COMMIT');
    blocker.close();
    await store.append(tick(2, { a: 3 }));
    expect(store.status().state).toBe('storing');
    const { series } = await store.range(everything);
    expect(series.map(({ last }) => [...last])).toEqual([[1, 2, 3], [5]]);
  }, 20_000);
});
