/** The dashboard's own arithmetic: ranges, rows of charts, sums, targets from forms, forms from schemas, formats. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ActiveAlert } from '../../src-main/contract/alerts/alert.ts';
import type { RangeAnswer } from '../../src-main/contract/history.ts';
import { type Labels, type MetricInfo, unitOfName } from '../../src-main/contract/metric.ts';
import type { TargetStatus } from '../../src-main/contract/targets.ts';
import { alertAction } from '../../src-renderer/alert/alert-action.ts';
import { alertDetail, alertTitle } from '../../src-renderer/alert/describe-alert.ts';
import { type InputIssue, issuesText } from '../../src-renderer/api/issue-text.ts';
import { chartUnit, historyRows } from '../../src-renderer/charts/history-rows.ts';
import { liveRows } from '../../src-renderer/charts/live-rows.ts';
import { fixedScale, scaleFor } from '../../src-renderer/charts/scale.ts';
import { timeTicks } from '../../src-renderer/charts/time-ticks.ts';
import { emptyValue, shapeOf, wordsOf } from '../../src-renderer/forms/json-schema.ts';
import { de } from '../../src-renderer/i18n/de.ts';
import { createFormats } from '../../src-renderer/i18n/format.ts';
import type { Texts } from '../../src-renderer/i18n/use-text.tsx';
import { stepped } from '../../src-renderer/live/stepped.ts';
import { totalOf } from '../../src-renderer/live/total-of.ts';
import { ruleIdOf } from '../../src-renderer/screens/alerts/rule-draft.ts';
import { panned, rangeOf, textOf, zoomed } from '../../src-renderer/screens/trends/time-range.ts';
import { settingsOf, targetIdOf, valuesOf } from '../../src-renderer/targets/target-fields.ts';

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

const texts = {
  t: (key: keyof typeof de, values: Record<string, string> = {}) =>
    de[key].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
  say: (key: string, name: string) => (key === 'setting.http.dashboardPort' ? 'Port' : name),
  format: createFormats('de'),
} as unknown as Texts;

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

describe('why an alert is active', () => {
  it('is said against its limit, also when the value is back within it but not yet for good', () => {
    const detail = (value: number, direction: 'above' | 'below'): string =>
      alertDetail({ series: 'm', unit: 'percent', threshold: 80, value, direction } as ActiveAlert, texts, new Map());
    expect(detail(90, 'above')).toBe('90\u00a0%, Grenze 80\u00a0%');
    expect(detail(78, 'above')).toBe('jetzt 78\u00a0%, lag über 80\u00a0%');
    expect(detail(70, 'below')).toBe('70\u00a0%, sollte mindestens 80\u00a0% sein');
    expect(detail(82, 'below')).toBe('jetzt 82\u00a0%, lag unter 80\u00a0%');
  });
});

describe('what an alert is about', () => {
  it('is a target by its own name, without its kind; anything else by all of its labels', () => {
    const titles = new Map([['kb', 'Knowledge base']]);
    const about = (labels: Labels): string =>
      alertTitle({ rule: 'x', title: 'Trouble', labels } as unknown as ActiveAlert, texts, titles);
    expect(about({ target: 'kb', kind: 'sqlite', problem: 'not-sqlite' })).toBe('Trouble (Knowledge base)');
    expect(about({ kind: 'disk', device: 'sda' })).toBe('Trouble (disk · sda)');
    expect(about({ target: 'kb', kind: 'pod' })).toBe('Trouble (Knowledge base · pod)');
    expect(about({})).toBe('Trouble');
  });
});

describe('what can be done about an alert', () => {
  const alert = { series: 'm{target="t"}', labels: {}, culprits: [] } as unknown as ActiveAlert;
  const target = (kind: string): TargetStatus => ({ settings: { id: 't', kind } }) as unknown as TargetStatus;
  it('leads to its database, its service, the processes, or else to its past', () => {
    const missing = { ...alert, rule: 'table_missing', labels: { target: 't' } };
    expect(alertAction(missing, target('sqlite'))).toMatchObject({ path: '/databases/t', isRepair: true });
    expect(alertAction(alert, target('sqlite')).label).toBe('alert.open.database');
    expect(alertAction(alert, target('http')).path).toBe('/services');
    expect(alertAction({ ...alert, resource: 'cpu' }, undefined).path).toBe('/processes');
    expect(alertAction(alert, undefined).path).toBe('/trends/1h/m');
  });
});

describe('a target from a form', () => {
  it('keeps what the form does not ask for', () => {
    const before = {
      kind: 'sqlite',
      id: 'kb',
      title: 'KB',
      isEnabled: false,
      path: '/a',
      profile: null,
      tables: ['x'],
      timeoutSeconds: 9,
      quickCheck: { isEnabled: true, everyHours: 1, mostSeconds: 1 },
    } as const;
    const given = { ...valuesOf({ ...before, tables: ['x'] }), path: '/b', profile: 'hakgal' };
    expect(settingsOf('sqlite', given, { ...before, tables: ['x'] })).toEqual({
      ...before,
      path: '/b',
      profile: 'hakgal',
    });
  });
  it('has an id that the contract takes, whatever the title', () => {
    expect(targetIdOf('  My KB (ä)!')).toMatch(/^[a-z0-9][a-z0-9-]{0,59}$/);
    expect(targetIdOf('日本')).toBe('target');
    expect(ruleIdOf('9 CPU zu hoch – Größe')).toMatch(/^[a-z][a-z0-9_]{0,62}$/);
  });
});

describe('a form from a schema', () => {
  it('chooses a field for each shape', () => {
    expect(shapeOf({ type: 'boolean' })).toBe('switch');
    expect(shapeOf({ type: 'array', items: { type: 'object', properties: {} } })).toBe('list');
    expect(
      emptyValue({ type: 'object', properties: { days: { type: 'array', default: [1] }, from: { type: 'string' } } }),
    ).toEqual({ days: [1], from: '' });
    expect(wordsOf('isEnabled')).toBe('Enabled');
    expect(wordsOf('keepHiddenWindowMinutes')).toBe('Keep hidden window minutes');
  });
});

describe('formats', () => {
  it('write numbers as the language does, and a dash for what is not known', () => {
    const [en, de] = [createFormats('en'), createFormats('de')];
    expect(de.value(12.34, 'percent')).toBe('12,3\u00a0%');
    expect(en.value(null, 'bytes')).toBe('–');
    expect(en.value(Number.NaN, 'seconds')).toBe('–');
    expect(en.value(1536, 'bytes')).toBe('1.5 KiB');
    expect([83, 205.4].map((size) => en.value(size * 1024 ** 2, 'bytes'))).toEqual(['83.0 MiB', '205 MiB']);
    expect(en.share(0.000_11)).toBe('0.011%');
    expect(en.duration(3600)).toBe('1 hr');
    expect(en.duration(3661)).toBe('1 hr 1 min');
  });

  it('say the day of a moment where it is another one than today', () => {
    const en = createFormats('en-GB');
    const now = Date.now();
    expect(en.moment(now)).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(en.moment(now - 3 * 86_400_000)).toMatch(/^\d+ \w+, \d\d:\d\d$/);
  });

  it('show the limit of a rule as the figure that was set', () => {
    const de = createFormats('de');
    expect(de.limit(64e6, 'bytes')).toBe('64 MB');
    expect(de.limit(65_432_100, 'bytes')).toBe('65,4 MB');
    expect(de.limit(64e6, unitOfName('sqlite_target_wal_bytes'))).toBe('64 MB');
    expect(de.limit(80, 'percent')).toBe('80\u00a0%');
  });
});

describe('an input that was refused', () => {
  it('says by field what it should be', () => {
    const issues = z
      .object({ http: z.object({ dashboardPort: z.number().max(65_535) }), name: z.string().min(1), url: z.url() })
      .safeParse({ http: { dashboardPort: 70_000 }, name: '', url: 'x' }).error?.issues;
    expect(issuesText(issues as InputIssue[], texts)).toBe(
      'Port: darf höchstens 65.535 sein; name: braucht mindestens 1; url: hat nicht die erwartete Form',
    );
  });
});
