import { describe, expect, it } from 'vitest';
import { AnomalyWatch, type WatchState } from '../../src-main/insights/watch/anomaly-watch.ts';
import { createRandom } from './random.ts';

const minuteMs = 60_000;
const day = 1_440;
const start = Date.UTC(2026, 2, 9);
const cpu = 'system_cpu_percent';
const reads = 'disk_activity_read_bytes_per_second';

/** A machine of two series; `at` in minutes from the start, undefined while nothing comes. */
function run(
  minutes: number,
  valueAt: (minute: number, noise: number) => readonly (number | undefined)[] | undefined,
  saved?: WatchState,
  from = 0,
): AnomalyWatch {
  const watch = new AnomalyWatch(() => 0, saved);
  for (const key of [cpu, reads]) watch.meet({ key, metric: key, labels: {} });
  const noise = createRandom(7);
  for (let minute = from; minute < from + minutes; minute++) {
    const values = valueAt(minute, noise() + noise() - 1);
    if (values === undefined) continue;
    const keys = [cpu, reads].filter((_, index) => values[index] !== undefined);
    watch.addTick(
      start + minute * minuteMs,
      keys,
      values.filter((value) => value !== undefined),
    );
  }
  return watch;
}

const calm = (noise: number): readonly number[] => [20 + 3 * noise, 1e6 + 2e5 * noise];
const anomaliesOf = (watch: AnomalyWatch) => watch.anomalies(0, Number.MAX_SAFE_INTEGER);

describe('the watch', () => {
  it('says nothing of three calm days', () => {
    const watch = run(3 * day, (_, noise) => calm(noise));
    expect(anomaliesOf(watch)).toEqual([]);
    expect(watch.status()).toMatchObject({ watchedSeries: 2, learnedSeries: 2, isNotable: false });
  });

  it('finds a spike and a new level, tells them apart, and knows when they ended', () => {
    const watch = run(3 * day, (minute, noise) => {
      const isSpike = minute >= 2 * day && minute < 2 * day + 2;
      const isShift = minute >= 2 * day + 400 && minute < 2 * day + 500;
      return [isSpike ? 95 : 20 + 3 * noise, isShift ? 3e8 : 1e6 + 2e5 * noise];
    });
    expect(anomaliesOf(watch)).toMatchObject([
      { series: reads, kind: 'shift', from: start + (2 * day + 400) * minuteMs, value: 3e8 },
      { series: cpu, kind: 'spike', from: start + 2 * day * minuteMs, until: start + (2 * day + 2) * minuteMs },
    ]);
  });

  it('calls several at once notable, and that once a day', () => {
    const both = (minute: number): boolean => minute % day >= 600 && minute % day < 620 && minute >= 3 * day;
    let notable = 0;
    const watch = run(3 * day + 601, (minute, noise) => (both(minute) ? [95, 4e8] : calm(noise)));
    // The minute is judged when the next one begins.
    watch.addTick(start + (3 * day + 601) * minuteMs, [cpu, reads], [95, 4e8]);
    if (watch.status().isNotable) notable++;
    expect(notable).toBe(1);
    expect(anomaliesOf(watch)).toHaveLength(2);
  });

  it('begins nothing in the ten minutes after a sleep, and sees a series that falls silent', () => {
    const watch = run(3 * day, (minute, noise) => {
      if (minute >= 2 * day && minute < 2 * day + 200) return undefined;
      if (minute >= 2 * day + 200 && minute < 2 * day + 205) return [99, 5e8];
      return minute > 2 * day + 800 ? [20 + 3 * noise, undefined] : calm(noise);
    });
    expect(anomaliesOf(watch)).toMatchObject([{ series: reads, kind: 'silence', until: null, value: null }]);
  });

  it('learns what a person calls expected, for that series about that hour', () => {
    const nightly = (minute: number, noise: number): readonly number[] =>
      minute >= 2 * day && minute % day < 10 ? [80 + (minute % day), 1e6 + 2e5 * noise] : calm(noise);
    const watch = run(2 * day + 60, nightly);
    const [first] = anomaliesOf(watch);
    expect(first).toMatchObject({ series: cpu });
    expect(watch.markExpected(first?.id ?? '')).toBe(true);
    expect(watch.markExpected('nothing')).toBe(false);
    const later = run(2 * day, nightly, structuredClone(watch.state()), 2 * day + 60);
    expect(anomaliesOf(later)).toMatchObject([{ id: first?.id, isExpected: true }]);
  });

  it('goes on after a restart as if nothing had been', () => {
    const incident = (minute: number, noise: number) => (minute >= 3 * day - 20 ? [95, 1e6] : calm(noise));
    const whole = run(3 * day, incident);
    const first = run(2 * day, incident);
    const saved = JSON.parse(JSON.stringify(first.state())) as WatchState;
    const second = run(day, incident, saved, 2 * day);
    expect(anomaliesOf(second).map(({ from, series }) => [from, series])).toEqual(
      anomaliesOf(whole).map(({ from, series }) => [from, series]),
    );
  });
});
