import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src-main/contract/batch.ts';
import { type Series, seriesKey } from '../../src-main/contract/metric.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import { LiveWindow } from '../../src-main/live/live-window.ts';

const start = Date.UTC(2026, 0, 1);
const series = (name: string): Series => {
  const metric = {
    name,
    title: sameInEvery(name),
    help: sameInEvery(name),
    unit: 'count',
    kind: 'gauge',
    labels: [],
  } as const;
  return { key: seriesKey(metric, {}), metric, labels: {} };
};
const load = series('load');
const slow = series('slow');

const batch = (second: number, values: readonly (readonly [Series, number])[]): Batch => ({
  at: start + second * 1000,
  samples: values.map(([one, value]) => ({ series: one, value })),
  gaps: [],
});

describe('the live window', () => {
  it('gives the latest value of each series', () => {
    const window = new LiveWindow();
    window.push(batch(0, [[load, 1]]));
    window.push(batch(1, [[load, 2]]));
    expect(window.latest(start + 1000).get('load')).toEqual({ at: start + 1000, value: 2 });
  });

  it('drops a value after three of its own intervals, so that a slow source stays longer than a fast one', () => {
    const window = new LiveWindow();
    for (let second = 0; second <= 10; second += 1) {
      window.push(
        batch(
          second,
          second % 10 === 0
            ? [
                [load, second],
                [slow, second],
              ]
            : [[load, second]],
        ),
      );
    }
    for (let second = 11; second <= 25; second += 1) window.push(batch(second, []));
    expect([...window.latest(start + 25_000).keys()]).toEqual(['slow']);
    expect([...window.latest(start + 42_000).keys()]).toEqual([]);
  });

  it('keeps a missing value apart from zero', () => {
    const window = new LiveWindow();
    window.push(batch(0, [[load, 0]]));
    window.push(batch(1, []));
    window.push(batch(2, [[load, 3]]));
    expect(window.recent(['load'], 60, start + 2000).series).toEqual([{ key: 'load', values: [0, null, 3] }]);
  });

  it('returns only the seconds that were asked for', () => {
    const window = new LiveWindow();
    for (let second = 0; second < 400; second += 1) window.push(batch(second, [[load, second]]));
    const { at, series: lines } = window.recent(['load'], 5, start + 399_000);
    expect(at).toHaveLength(5);
    expect(lines[0]?.values).toEqual([395, 396, 397, 398, 399]);
  });

  it('forgets a series that has been silent for the whole window', () => {
    const window = new LiveWindow();
    window.push(batch(0, [[slow, 1]]));
    window.push(batch(361, [[load, 1]]));
    expect(window.series().map(({ key }) => key)).toEqual(['load']);
  });
});
