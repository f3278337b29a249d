/** What charts are drawn from: ranges of time, rows, sums, scales, live lines. */
import { describe, expect, it } from 'vitest';
import type { RangeAnswer } from '../../src-main/contract/history.ts';
import type { MetricInfo } from '../../src-main/contract/metric.ts';
import { chartUnit, historyRows } from '../../src-renderer/charts/history-rows.ts';
import { liveRows } from '../../src-renderer/charts/live-rows.ts';
import { fixedScale, scaleFor } from '../../src-renderer/charts/scale.ts';
import { timeTicks } from '../../src-renderer/charts/time-ticks.ts';
import { createFormats } from '../../src-renderer/i18n/format.ts';
import { stepped } from '../../src-renderer/live/stepped.ts';
import { totalOf } from '../../src-renderer/live/total-of.ts';
import { panned, rangeOf, textOf, zoomed } from '../../src-renderer/screens/trends/time-range.ts';

const minute = 60_000;
const gauge: MetricInfo = { name: 'g', title: 'G', help: 'G.', unit: 'percent', kind: 'gauge', labels: [] };
const counter: MetricInfo = { ...gauge, name: 'c_total', unit: 'bytes', kind: 'counter' };
const answer = (at: number[], last: number[], part: Partial<RangeAnswer> = {}): RangeAnswer => ({
  from: 0,
  until: 10 * minute,
  stepMs: minute,
  resolution: 'raw',
  gaps: [],
  series: [
    {
      key: 'g',
      metric: 'g',
      labels: {},
      at,
      min: last,
      max: last,
      first: last,
      last,
      average: last,
      count: last.map(() => 60),
    },
  ],
  ...part,
});

describe('a range of time', () => {
  const now = 100 * 86_400_000;
  it('reads a preset, two times, and takes anything else for a day', () => {
    expect(rangeOf('7d', now)).toEqual({ from: now - 7 * 86_400_000, until: now });
    expect(rangeOf('5-9', now)).toEqual({ from: 5, until: 9 });
    expect(rangeOf('nonsense', now)).toEqual(rangeOf('24h', now));
    expect(rangeOf('9-5', now)).toEqual(rangeOf('24h', now));
    expect(rangeOf(textOf({ from: 5, until: 9 }), now)).toEqual({ from: 5, until: 9 });
  });
  it('never moves or grows into the future', () => {
    const range = { from: now - 1000, until: now - 100 };
    expect(panned(range, 0.5, now)).toEqual({ from: now - 900, until: now });
    expect(panned(range, -1, now).until).toBe(now - 1000);
    expect(zoomed({ from: now - 1_000_000, until: now }, 2, now).until).toBe(now);
  });
  it('does not zoom closer than a minute', () => {
    const { from, until } = zoomed({ from: now - 90_000, until: now - 10_000 }, 0.01, now);
    expect(until - from).toBe(minute);
  });
});

describe('rows of a chart', () => {
  it('stand one a step, with nothing where nothing was measured', () => {
    const rows = [...historyRows(answer([0, minute, 6 * minute], [1, 2, 7]), gauge).values()];
    expect(rows.map((row) => row.v0)).toEqual([1, 2, 2, null, null, null, 7, 7, null, null]);
  });
  it('break at a gap at once', () => {
    const gaps = [{ from: 2 * minute, until: 5 * minute, cause: 'sleep' } as const];
    const rows = [...historyRows(answer([0, minute], [1, 2], { gaps }), gauge).values()];
    expect(rows.slice(0, 3).map((row) => row.v0)).toEqual([1, 2, null]);
  });
  it("draw a counter's growth a second, and none over a restart", () => {
    const rows = [...historyRows(answer([0, minute, 2 * minute, 3 * minute], [0, 600, 60, 120]), counter).values()];
    expect([rows[1]?.v0, rows[3]?.v0]).toEqual([10, 1]);
    expect(chartUnit(counter)).toBe('bytes_per_second');
  });
});

describe('the total of a metric', () => {
  it('is missing only where all of its series are', () => {
    const live = {
      lines: () =>
        new Map([
          ['a', [1, null, null]],
          ['b', [2, 3, null]],
        ]),
    };
    expect(totalOf(live, 'any')).toEqual([3, 3, null]);
  });
});

describe('the scale of a chart', () => {
  it('has round labels in the unit that they are written in', () => {
    const format = createFormats('en');
    const labels = (largest: number, unit: 'bytes' | 'ratio' | 'seconds'): string[] => {
      const { ticks, top } = scaleFor(largest, unit);
      return ticks.map((tick) => format.tick(tick, unit, top));
    };
    expect(labels(143 * 1024 ** 2, 'bytes')).toEqual(['0 MiB', '50 MiB', '100 MiB', '150 MiB']);
    expect(labels(1_900, 'bytes')).toEqual(['0 KiB', '0.5 KiB', '1 KiB', '1.5 KiB', '2 KiB']);
    expect(labels(0.331, 'ratio')).toEqual(['0%', '10%', '20%', '30%', '40%']);
    expect(labels(0.000_56, 'seconds')).toEqual(['0 µs', '200 µs', '400 µs', '600 µs']);
  });

  it('never ends below the largest value, and has a line to lie on for zeros', () => {
    for (const largest of [0.1, 1, 3, 99.9, 100, 1023, 1025, 7e9])
      expect(scaleFor(largest, 'bytes').top).toBeGreaterThanOrEqual(largest);
    expect(scaleFor(0, 'percent').top).toBeGreaterThan(0);
    expect(fixedScale(100).ticks).toEqual([0, 50, 100]);
  });
});

describe('a live line', () => {
  it('of a slow source holds its value until the next one, or until that is overdue', () => {
    const silent = (ticks: number): null[] => Array.from({ length: ticks }, () => null);
    expect(stepped([null, 5, ...silent(9), 6, null])).toEqual([null, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6]);
    expect(stepped([4, 5, ...silent(3), 6, ...silent(2), 7, null, 8])).not.toContain(null);
    expect(stepped([5, ...silent(20)]).filter((value) => value !== null)).toHaveLength(13);
  });

  it('of a source that tells every second keeps its holes', () => {
    const values = [5, 6, 7, null, null, 8, 9, null];
    expect(stepped(values)).toEqual(values);
  });
});

describe('the time scale of a chart', () => {
  const at = (text: string): number => new Date(text).getTime();
  const written = (from: string, until: string): string[] =>
    timeTicks(at(from), at(until)).map((tick) => new Date(tick).toTimeString().slice(0, 5));

  it('has its labels at round times of the local day', () => {
    expect(written('2026-11-21T14:02:33', '2026-11-21T15:02:33')).toEqual([
      '14:10',
      '14:20',
      '14:30',
      '14:40',
      '14:50',
      '15:00',
    ]);
    expect(written('2026-11-20T15:02', '2026-11-21T15:02')).toEqual([
      '16:00',
      '20:00',
      '00:00',
      '04:00',
      '08:00',
      '12:00',
    ]);
  });

  it('has days alone where the labels show no time', () => {
    const days = timeTicks(at('2026-10-20T09:00'), at('2026-11-19T09:00')).map((tick) => new Date(tick));
    expect(days.length).toBeGreaterThan(3);
    expect(days.every((day) => day.getHours() === 0 && day.getMinutes() === 0)).toBe(true);
  });

  it('has at most seven, all within it, however long it is', () => {
    for (let span = 2_000; span < 3 * 365 * 86_400_000; span *= 1.37) {
      const from = at('2026-03-28T21:13:07');
      const ticks = timeTicks(from, from + span);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.every((tick) => tick >= from && tick <= from + span)).toBe(true);
    }
  });
});

describe('a live chart as a table', () => {
  it('has a row for each ten seconds, and the newest value of a line that began later', () => {
    const at = [8_000, 9_000, 10_000, 11_000, 20_000];
    const rows = liveRows(at, [
      { name: 'a', values: [1, 2, 3, 4, 5] },
      { name: 'b', values: [7, 8] },
    ]);
    expect(rows).toEqual([
      { at: 8_000, v0: 1, v1: null },
      { at: 10_000, v0: 3, v1: null },
      { at: 20_000, v0: 5, v1: 8 },
    ]);
  });
});
