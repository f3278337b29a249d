import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeBackup } from '../../src-main/store/backup/backup.ts';
import { createStoreThread } from '../../src-main/store/store-thread.ts';
import { historyFeed, openedForTest } from '../support/history-feed.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** A small file system of its own, or the reason why there can be none. */
function smallDisk(options: string): { readonly path: string } | { readonly missing: string } {
  const path = join(temporaryFolder(), 'disk');
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'pipe' });
  } catch (error) {
    return { missing: `a small disk can't be mounted here: ${(error as Error).message.split('\n')[0]}` };
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', path]);
  });
  return { path };
}

const start = Date.UTC(2026, 0, 1);
/** Any sample can be checked alone. */
const valueAt = (second: number, id: number): number => second + ((id * 37) % 11) * Math.sin(second);

const freeBytes = (path: string): number => {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
};

describe('a full disk', () => {
  it('lets ticks wait in memory, says so, and stores all of them by itself once there is room', async (context) => {
    const disk = smallDisk('size=6m');
    if ('missing' in disk) {
      console.log(`skipped: ${disk.missing}`);
      context.skip(disk.missing);
      return;
    }
    const store = await openedForTest(join(disk.path, 'history.db'));
    const feed = historyFeed(200);
    for (let second = 0; second < 30; second += 1) await store.append(feed(second));
    writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(8_000_000, 1).subarray(0, freeBytes(disk.path)));
    let second = 30;
    let refused = 0;
    for (; second < 4000 && refused < 2; second += 1) {
      await store.append(feed(second)).catch(() => {
        refused += 1;
      });
    }
    expect(store.status().state).toBe('failing');
    expect(store.status().failure).toContain('full');
    expect(store.status().waitingTicks).toBeGreaterThan(0);
    rmSync(join(disk.path, 'ballast'));
    await store.append(feed(second));
    expect(store.status()).toMatchObject({ state: 'storing', waitingTicks: 0, lostTicks: 0 });
    const from = feed(0).at;
    const { values } = await store.aggregate({
      series: ['feed_1'],
      from,
      until: feed(second).at + 1,
      aggregation: 'count',
      quantile: 0.5,
    });
    expect(values.feed_1).toBe(second + 1);
  });
});

describe('a folder that may not be written', () => {
  it('leaves the history untouched and keeps the new one in memory', async (context) => {
    const disk = smallDisk('size=6m');
    if ('missing' in disk) {
      console.log(`skipped: ${disk.missing}`);
      context.skip(disk.missing);
      return;
    }
    const path = join(disk.path, 'history.db');
    const before = await openedForTest(path);
    await before.append(historyFeed(3)(0));
    await before.close();
    const bytes = readFileSync(path);
    execFileSync('mount', ['-o', 'remount,ro', disk.path]);
    const store = await openedForTest(path);
    expect(store.status().recoveryLevel).toBe('in-memory');
    expect(store.status().message).toContain('not touched');
    await store.append(historyFeed(3)(1));
    expect((await store.listSeries()).length).toBe(3);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});

describe('a history file that is deleted while in use', () => {
  it('is written anew with everything that was in it', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const store = await openedForTest(path);
    const feed = historyFeed(5);
    for (let second = 0; second < 20; second += 1) await store.append(feed(second));
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    for (let second = 20; second < 40; second += 1) await store.append(feed(second));
    expect(existsSync(path)).toBe(true);
    expect(store.status().message).toContain('taken away');
    await store.close();
    const again = await openedForTest(path);
    const { series } = await again.range({ series: ['feed_1'], from: feed(0).at, until: feed(40).at, columns: 100 });
    expect([...(series[0]?.count ?? [])].reduce((sum, one) => sum + one, 0)).toBe(40);
  });
});

describe('damaged pages at random offsets', () => {
  for (const hasBackup of [false, true])
    it(`never crash the store, ${hasBackup ? 'with' : 'without'} a backup, and what comes back is true`, async () => {
      const folder = temporaryFolder();
      const whole = join(folder, 'whole.db');
      const thread = createStoreThread({ path: whole, clock: { monotonic: () => 0 } });
      await thread.open(null);
      const ids = Uint32Array.from({ length: 30 }, (_, index) => index + 1);
      for (let second = 0; second < 9000; second += 100) {
        await thread.append(
          Array.from({ length: 100 }, (_, index) => ({
            at: start + (second + index) * 1000,
            newSeries:
              second + index === 0
                ? Array.from(ids, (id) => ({ id, key: `s${id}`, metric: `s${id}`, labels: {} }))
                : [],
            ids,
            values: Float64Array.from(ids, (_, id) => valueAt(second + index, id)),
            gaps: [],
          })),
        );
        await thread.settle(null);
      }
      await thread.close(null);
      const bytes = readFileSync(whole);
      let answered = 0;
      for (let round = 0; round < 12; round += 1) {
        const path = join(folder, `damaged-${hasBackup}-${round}.db`);
        writeFileSync(path, bytes);
        if (hasBackup && round % 2 === 0) {
          expect(makeBackup(path).ok).toBe(true);
        }
        const file = openSync(path, 'r+');
        for (let hit = 0; hit < 1 + round; hit += 1) {
          const page = Math.floor(Math.random() * (statSync(path).size / 4096));
          writeSync(
            file,
            Buffer.from(Array.from({ length: 600 }, () => Math.floor(Math.random() * 256))),
            0,
            600,
            page * 4096 + Math.floor(Math.random() * 3000),
          );
        }
        closeSync(file);
        const damaged = createStoreThread({
          path,
          clock: { monotonic: () => 0 },
          salvage: async (from, into) =>
            (await import('../../src-main/doctor/salvage/salvage.ts')).salvage({ path: from, into }),
        });
        const { recoveryLevel, message } = await damaged.open(null);
        if (recoveryLevel !== 'open') expect(message).toContain('.damaged');
        if (hasBackup && round % 2 === 0 && recoveryLevel !== 'open')
          expect(recoveryLevel).toBe('restored-from-backup');
        const { series } = await damaged.range({
          series: Array.from(ids, (id) => `s${id}`),
          from: start,
          until: start + 9_000_000,
          columns: 9000,
        });
        for (const { key, at, last } of series) {
          const id = Number(key.slice(1)) - 1;
          for (const [index, time] of [...at].entries())
            if (last[index] !== valueAt((time - start) / 1000, id)) throw new Error(`${key} is wrong at ${time}`);
          answered += at.length;
        }
        await damaged.append([{ at: start + 9_100_000, newSeries: [], ids, values: new Float64Array(30), gaps: [] }]);
        await damaged.close(null);
      }
      console.log(
        `12 damaged files ${hasBackup ? 'with' : 'without'} backup: ${Math.round(answered / (12 * 9000 * 0.3))} % of the samples came back, none wrong`,
      );
    }, 60_000);
});
