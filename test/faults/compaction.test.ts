/** Ticks come and are stored while a month of history is compacted and read on the same thread. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Series } from '../../src-main/contract/metric.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { createScheduler } from '../../src-main/sampling/scheduler.ts';
import { openedForTest } from '../support/history-feed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const day = 86_400_000;
const intervalMs = 10_000;
const metric = {
  name: 'load',
  title: sameInEvery('Load'),
  help: sameInEvery('Load.'),
  unit: 'count',
  kind: 'gauge',
  labels: [],
} as const;
const load: Series = { key: 'load', metric, labels: {} };

describe('thirty days that are compacted and read', () => {
  it('hold up no tick: each is stored in between', async () => {
    const store = await openedForTest(join(temporaryFolder(), 'history.db'));
    let isCompacting = true;
    let storedMeanwhile = 0;
    const stored: Promise<void>[] = [];
    const times: number[] = [];
    const scheduler = createScheduler({
      clock: systemClock,
      sources: [
        {
          id: 'load',
          title: sameInEvery('Load'),
          interval: 'fast',
          timeoutMs: 1_000,
          metrics: [metric],
          collect: (sink) => sink.sample(metric, 1),
        },
      ],
    });
    scheduler.start((batch) => {
      if (!batch.samples.some(({ series }) => series.key === load.key)) return;
      times.push(batch.at);
      stored.push(
        store.append(batch).then(() => {
          if (isCompacting) storedMeanwhile += 1;
        }),
      );
    });
    onTestFinished(() => scheduler.close());

    const begin = Math.floor(systemClock.now() / day - 31) * day;
    const reading = (async () => {
      while (isCompacting) {
        await store.range({ series: ['past'], from: begin, until: begin + 30 * day, columns: 1_000 });
        await systemClock.sleep(100);
      }
    })();
    const past = await store.beginImport(['past'], []);
    // At least a month; more on a machine that is through with it before three ticks have come.
    for (let number = 0; number < 30 || storedMeanwhile < 3; number += 1) {
      const length = day / intervalMs;
      await past.add({
        at: Float64Array.from({ length }, (_, index) => begin + (number % 30) * day + index * intervalMs),
        ends: Uint32Array.from({ length }, (_, index) => index + 1),
        columns: new Uint32Array(length),
        values: Float64Array.from({ length }, (_, index) => Math.round(1000 * Math.sin(index / 50 + number)) / 10),
      });
    }
    await past.end();
    await store.settle();
    isCompacting = false;
    await reading;
    await scheduler.close();
    await Promise.all(stored);

    const { late, missed } = scheduler.tickStatistics();
    console.log(`${storedMeanwhile} of ${times.length} ticks stored meanwhile, ${late} late, ${missed} missed`);
    expect(storedMeanwhile).toBeGreaterThanOrEqual(3);
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    const { values } = await store.aggregate({
      series: ['load'],
      from: first,
      until: last + 1,
      aggregation: 'count',
      quantile: 0.5,
    });
    expect(values.load).toBe(times.length);
  }, 120_000);
});
