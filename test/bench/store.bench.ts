/**
 * What a stored second costs in bytes and in time. The feed is a day of one-second samples made of four recorded phases
 * of a real machine (test/fixtures/feed); HAKGAL_BENCH_HOURS makes the day shorter.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch } from '../../src-main/contract/batch.ts';
import { parseSeriesKey } from '../../src-main/contract/metric.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { createStoreThread, type StoreThread } from '../../src-main/store/store-thread.ts';
import type { TickColumns } from '../../src-main/store/transfer/read-table.ts';
import { createFeed } from '../fixtures/feed/day.ts';
import { historyFeed } from '../support/history-feed.ts';
import type { BenchRow } from './bench-row.ts';
import { feedChunks, hours, only, start, take, ticksAtOnce } from './support/store-feed.ts';
import { bytesOf, plainRowBytes, prometheusBytes } from './support/store-references.ts';

const now = (): number => systemClock.monotonic();

export async function bench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-store-bench-'));
  try {
    return [
      ...(await bytesPerSample(folder, 'all series', false, 0.4)),
      ...(await bytesPerSample(folder, 'series that move', true, 0.6)),
      ...(await ticks(folder)),
      ...(await reads(folder)),
      await tickWhileCompacting(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A day, and an hour: so far the store is behind with its sealing on average. Then a day more: what keeping on costs.
 */
async function bytesPerSample(folder: string, what: string, onlyMoving: boolean, target: number): Promise<BenchRow[]> {
  const keys = createFeed().series;
  const path = join(folder, `ours-${onlyMoving}.db`);
  const feed = feedChunks(onlyMoving, 2 * hours + 1);
  const first = await importFeed(path, keys, take(feed, ((hours + 1) * 3600) / ticksAtOnce));
  const firstBytes = bytesOf(path);
  const second = await importFeed(path, keys, feed);
  const further = (bytesOf(path) - firstBytes) / second.samples;

  let samples = 0;
  for (const chunk of feedChunks(onlyMoving)) samples += chunk.values.length;
  const rows = plainRowBytes(join(folder, `rows-${onlyMoving}.db`), feedChunks(onlyMoving)) / samples;
  const prometheus = await prometheusBytes(folder, keys.map(served), feedChunks(onlyMoving));
  rmSync(join(folder, 'blocks'), { recursive: true, force: true });
  const reference =
    typeof prometheus === 'string' ? prometheus : `${(prometheus / samples).toFixed(3)} Prometheus blocks`;
  const rate = (first.samples + second.samples) / (first.seconds + second.seconds);
  return [
    {
      what: `bytes a sample, ${what}: each day more (${(second.samples / 1e6).toFixed(1)} million samples)`,
      ours: further.toFixed(3),
      reference: `${reference}; ${rows.toFixed(1)} plain rows`,
      target: `≤ ${target}`,
      isMet: further <= target,
    },
    {
      what: `bytes a sample, ${what}: the whole file after ${hours + 1} h`,
      ours: (firstBytes / first.samples).toFixed(3),
      target: `≤ ${target}`,
      isMet: firstBytes / first.samples <= target,
    },
    ...(onlyMoving
      ? []
      : [
          {
            what: 'import, samples a second',
            ours: Math.round(rate).toLocaleString('en'),
            target: '≥ 500,000',
            isMet: rate >= 500_000,
          },
        ]),
  ];
}

/** Prometheus names want the prefix that we serve them with. */
const served = (key: string): string => `hakgal_${key}`;

/** Through the thread's own functions on this thread; the feed's own time is left out. */
async function importFeed(
  path: string,
  keys: readonly string[],
  chunks: Iterable<TickColumns>,
): Promise<{ readonly samples: number; readonly seconds: number }> {
  const thread = createStoreThread({ path, clock: systemClock });
  await thread.open(null);
  let samples = 0;
  let ms = await timed(() => beginImport(thread, keys));
  for (const chunk of chunks) {
    samples += chunk.values.length;
    ms += await timed(() => thread.importTicks(chunk));
  }
  ms += await timed(async () => {
    await thread.importEnd(null);
    await thread.settle(null);
  });
  await thread.close(null);
  return { samples, seconds: ms / 1000 };
}

const beginImport = (thread: StoreThread, keys: readonly string[]): void =>
  thread.importBegin({
    newSeries: keys.map((key, index) => ({
      id: index + 1,
      key,
      metric: parseSeriesKey(key)?.name ?? key,
      labels: parseSeriesKey(key)?.labels ?? {},
    })),
    ids: Uint32Array.from(keys, (_, index) => index + 1),
    gaps: [],
  });

/** A second with 1,000 series: what it costs the main thread to hand it over, and the store thread to commit it. */
async function ticks(folder: string): Promise<BenchRow[]> {
  const count = 2_000;
  const feed = historyFeed(1_000);
  const store = await openStore(join(folder, 'ticks.db'));
  const main: number[] = [];
  for (let tick = 0; tick < count; tick += 1) {
    const batch: Batch = feed(tick);
    const before = now();
    const stored = store.append(batch);
    main.push(now() - before);
    await stored;
  }
  await store.close();

  const thread = createStoreThread({ path: join(folder, 'ticks-in-thread.db'), clock: systemClock });
  await thread.open(null);
  const names = Array.from({ length: 1_000 }, (_, index) => `feed_${index + 1}`);
  const inThread: number[] = [];
  for (let tick = 0; tick < count; tick += 1) {
    const { at, samples } = feed(tick);
    const before = now();
    await thread.append([
      {
        at,
        newSeries: tick === 0 ? names.map((key, index) => ({ id: index + 1, key, metric: key, labels: {} })) : [],
        ids: Uint32Array.from(samples, (_, index) => index + 1),
        values: Float64Array.from(samples, ({ value }) => value),
        gaps: [],
      },
    ]);
    inThread.push(now() - before);
  }
  await thread.close(null);
  const [mainMs, threadMs] = [quantile(main, 0.99), quantile(inThread, 0.99)];
  return [
    { what: 'tick of 1,000 series, main thread, p99', ours: ms(mainMs), target: '≤ 2 ms', isMet: mainMs <= 2 },
    { what: 'tick of 1,000 series, store thread, p99', ours: ms(threadMs), target: '≤ 5 ms', isMet: threadMs <= 5 },
  ];
}

/** Ten series of the feed over 30 days, a day after the other. */
async function reads(folder: string): Promise<BenchRow[]> {
  const days = 30;
  const chosen = ['system_cpu_percent', 'system_memory_percent', 'network_received_bytes_total'];
  const keys = createFeed().series;
  const columns = keys.flatMap((key, index) => (chosen.some((name) => key.startsWith(name)) ? [index] : []));
  const path = join(folder, 'month.db');
  const thread = createStoreThread({ path, clock: systemClock });
  await thread.open(null);
  beginImport(thread, keys);
  const day = [...feedChunks(true)].map((chunk) => only(chunk, new Set(columns)));
  globalThis.gc?.();
  const rssBefore = process.memoryUsage.rss();
  let rssPeak = rssBefore;
  for (let number = 0; number < days; number += 1)
    for (const chunk of day) {
      await thread.importTicks({ ...chunk, at: chunk.at.map((at) => at + number * hours * 3_600_000) });
      rssPeak = Math.max(rssPeak, process.memoryUsage.rss());
    }
  await thread.importEnd(null);
  await thread.settle(null);

  const end = start + days * hours * 3_600_000;
  const series = [keys[columns[0] as number] as string];
  const ask = async (from: number): Promise<number> => {
    const times: number[] = [];
    for (let run = 0; run < 120; run += 1)
      times.push(
        await timed(async () => {
          await thread.range({ series, from: from + run * 1000, until: end + run * 1000, columns: 1_000 });
        }),
      );
    return quantile(times.slice(20), 0.95);
  };
  const dayMs = await ask(end - 86_400_000);
  const monthMs = await ask(end - 30 * 86_400_000);
  await thread.close(null);
  const grownMb = (rssPeak - rssBefore) / 1e6;
  return [
    {
      what: 'the last 24 h of one series at 1 s to 1,000 columns, store thread, p95',
      ours: ms(dayMs),
      target: '≤ 5 ms',
      isMet: dayMs <= 5,
    },
    {
      what: 'the last 30 days to 1,000 columns, store thread, p95',
      ours: ms(monthMs),
      target: '≤ 25 ms',
      isMet: monthMs <= 25,
    },
    {
      what: `memory grown while importing ${days} × ${hours} h of ${columns.length} series`,
      ours: `${grownMb.toFixed(0)} MB`,
      target: 'bounded',
    },
  ];
}

/**
 * Ticks go on while 30 days of three series are taken in and packed on the store thread, and long reads wait behind
 * them.
 */
async function tickWhileCompacting(folder: string): Promise<BenchRow> {
  const store = await openStore(join(folder, 'busy.db'));
  const keys = createFeed().series;
  const live = historyFeed(100, start + 60 * 86_400_000);
  let isDone = false;
  const compaction = (async () => {
    const importing = await store.beginImport(keys, []);
    const wanted = new Set(Array.from({ length: 3 }, (_, index) => index));
    const day = [...feedChunks(false)].map((chunk) => only(chunk, wanted));
    for (let number = 0; number < 30; number += 1)
      for (const { at, ends, columns, values } of day)
        await importing.add({
          at: at.map((time) => time + number * hours * 3_600_000),
          ends: ends.slice(),
          columns: columns.slice(),
          values: values.slice(),
        });
    await importing.end();
    isDone = true;
  })();
  const reading = (async () => {
    while (!isDone)
      await store.range({ series: keys.slice(0, 3), from: start, until: start + 30 * 86_400_000, columns: 1_000 });
  })();
  const waits: number[] = [];
  for (let tick = 0; !isDone; tick += 1) {
    await systemClock.sleep(100);
    const before = now();
    await store.append(live(tick));
    waits.push(now() - before);
  }
  await Promise.all([compaction, reading]);
  await store.close();
  return {
    what: `tick of 100 series stored while 30 days are compacted and read, p99 of ${waits.length}`,
    ours: ms(quantile(waits, 0.99)),
    target: 'less than a tick',
    isMet: quantile(waits, 0.99) < 1_000,
  };
}

async function timed(work: () => void | Promise<void>): Promise<number> {
  const before = now();
  await work();
  return now() - before;
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}
