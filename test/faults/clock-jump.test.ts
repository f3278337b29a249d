/** A wall clock that is set while the monitor runs: time goes on, and the history from before stays as it was. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Series } from '../../src-main/contract/metric.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import { createScheduler } from '../../src-main/sampling/scheduler.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openedForTest } from '../support/history-feed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const metric = {
  name: 'work_total',
  title: sameInEvery('Work'),
  help: sameInEvery('Grows by one a second.'),
  unit: 'count',
  kind: 'counter',
  labels: [],
} as const;
const work: Series = { key: 'work_total', metric, labels: {} };

describe.each([
  ['forward', hour],
  ['back', -hour],
])('a clock that is set %s by an hour', (_, jump) => {
  it('leaves a gap with its cause, no negative rate, and what was there before', async () => {
    const clock = new FakeClock(start);
    const store = await openedForTest(join(temporaryFolder(), 'history.db'));
    const stored: Promise<void>[] = [];
    const times: number[] = [];
    const scheduler = createScheduler({
      clock,
      sources: [
        {
          id: 'work',
          title: sameInEvery('Work'),
          interval: 'fast',
          timeoutMs: 1_000,
          metrics: [metric],
          collect: (sink) => sink.sample(metric, Math.round(clock.monotonic() / 1000)),
        },
      ],
    });
    scheduler.start((batch) => {
      times.push(batch.at);
      stored.push(store.append(batch));
    });
    onTestFinished(() => scheduler.close());

    await clock.advance(60_000);
    const before = await ask(start, start + 60_000);
    clock.jumpWall(jump);
    await clock.advance(120_000);
    await Promise.all(stored);

    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(await ask(start, start + 60_000)).toEqual(before);
    const end = (times.at(-1) as number) + 1;
    const { series, gaps } = await store.range({ series: [work.key], from: start, until: end, columns: 10_000 });
    expect(Array.from(series[0]?.count ?? []).reduce((sum, count) => sum + count, 0)).toBe(times.length);
    expect(gaps.map(({ cause }) => cause)).toEqual(jump > 0 ? ['clock-change'] : []);
    const rate = await store.aggregate({
      series: [work.key],
      from: start,
      until: end,
      aggregation: 'rate',
      quantile: 0.5,
    });
    expect(rate.values[work.key]).toBeGreaterThan(0);

    async function ask(from: number, until: number): Promise<unknown> {
      await Promise.all(stored);
      return (await store.range({ series: [work.key], from, until, columns: 60 })).series;
    }
  });
});
