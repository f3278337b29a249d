import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src-main/contract/batch.ts';
import type { ExplainedNow } from '../../src-main/contract/explanation/explanation.ts';
import { plainFormats, sentenceOfNow } from '../../src-main/contract/explanation/sentence.ts';
import type { ProcessRow, ProcessTable } from '../../src-main/contract/live.ts';
import { type MetricDescription, seriesKey } from '../../src-main/contract/metric.ts';
import { createExplain } from '../../src-main/core/parts/explain.ts';
import { causeForAlert } from '../../src-main/explain/cause-for-alert.ts';
import { identifyProcess } from '../../src-main/explain/who/identify-process.ts';
import { LiveWindow } from '../../src-main/live/live-window.ts';

const start = Date.UTC(2026, 10, 27, 19, 40);
const metric = (name: string, labels: readonly string[] = []): MetricDescription => ({
  name,
  title: { en: name, de: name },
  help: { en: name, de: name },
  unit: 'percent',
  kind: 'gauge',
  labels,
});
const cpu = { key: 'system_cpu_percent', metric: metric('system_cpu_percent'), labels: {} };
const core = (index: number) => {
  const described = metric('cpu_core_usage_ratio', ['core']);
  const labels = { core: String(index) };
  return { key: seriesKey(described, labels), metric: described, labels };
};

type Listed = readonly [pid: number, parent: number, name: string, command: string | null, cores: number | null];

const row = ([pid, parent, name, command, cpuCores]: Listed): ProcessRow => ({
  pid,
  parent,
  name,
  label: identifyProcess({ name, command }).label,
  startedBy: null,
  cpuCores,
  memoryBytes: 1e6,
  diskBytesPerSecond: null,
  startedAt: null,
});

/** A machine of two cores that runs a second at a time. */
function machine() {
  let at = start;
  let list: readonly Listed[] = [];
  let table: ProcessTable | undefined;
  const window = new LiveWindow();
  const { api } = createExplain({
    window,
    targets: { statuses: () => [{ settings: { id: 'shop', title: 'My shop' } }] as never },
    processes: {
      table: () => table,
      identityOf: (pid) => {
        const found = list.find((one) => one[0] === pid);
        return found && { ...identifyProcess({ name: found[2], command: found[3] }), isSession: false };
      },
    },
  });
  return {
    /** Each ten seconds there is a new table. */
    run(
      seconds: number,
      percent: number | undefined,
      processes?: readonly Listed[],
      more: Batch['samples'] = [],
    ): ExplainedNow {
      for (let second = 0; second < seconds; second += 1) {
        at += 1_000;
        if (processes !== undefined && second % 10 === 9) {
          list = processes;
          table = { at, total: processes.length, cores: 2, rows: processes.map(row), apps: [] };
        }
        const samples = percent === undefined ? [] : [{ series: cpu, value: percent }];
        window.push({
          at,
          samples: [...samples, ...more, ...[0, 1].map((n) => ({ series: core(n), value: 0.5 }))],
          gaps: [],
        });
        api.update(at);
      }
      return api.current;
    },
  };
}

const idle: readonly Listed[] = [
  [10, 1, 'code', '/usr/share/code/code', 0.05],
  [20, 1, 'sleep', 'sleep 100', 0],
];
const build: readonly Listed[] = [
  ...idle,
  [30, 10, 'node', '/usr/bin/node\0/srv/app/node_modules/vite/bin/vite.js\0build', 1.9],
];
const say = (now: ExplainedNow, language: 'en' | 'de' = 'en'): string =>
  sentenceOfNow(now, plainFormats(language, language));

describe('why it is slow, now', () => {
  it('is not known before enough has been seen, nor where the CPU tells nothing', () => {
    expect(say(machine().run(5, 10))).toMatch(/^Not known yet/);
    expect(say(machine().run(60, undefined, idle), 'de')).toMatch(/^Noch nicht bekannt/);
  });

  it('says that nothing is slow, and who is busiest', () => {
    expect(say(machine().run(60, 10, idle))).toBe(
      'Nothing is slow. Busiest: Visual Studio Code (code 10) with 0.05 cores.',
    );
    expect(say(machine().run(60, 10))).toBe('Nothing is slow.');
  });

  it('names the build with what started it, and ends when the build ends', () => {
    const desk = machine();
    desk.run(60, 10, idle);
    const slow = desk.run(60, 97, build);
    expect(slow).toMatchObject({ state: 'slow', causes: [{ kind: 'cpu', pid: 30, name: 'vite build', until: null }] });
    expect(say(slow)).toMatch(
      /^Slow since \d\d:\d\d: vite build \(node 30, started by Visual Studio Code\) uses 1\.9 of 2 cores\.$/,
    );
    expect(say(slow, 'de')).toContain('vite build (node 30, gestartet von Visual Studio Code) belegt 1,9 von 2 Kernen');
    const calm = desk.run(60, 5, idle);
    expect(calm).toMatchObject({ state: 'calm', causes: [], ended: [{ name: 'vite build' }] });
    expect(say(calm)).toMatch(/^Nothing is slow/);
  });

  it('keeps since when it is slow for longer than it remembers the seconds', () => {
    const desk = machine();
    desk.run(60, 10, idle);
    const { since } = desk.run(60, 97, build).causes[0] ?? {};
    expect(desk.run(1_200, 97, build).causes[0]?.since).toBe(since);
  });

  it('blames nobody where no table accounts for the work', () => {
    const slow = machine().run(60, 97, idle);
    expect(slow.causes[0]).toMatchObject({ kind: 'cpu', name: null, pid: null });
    expect(say(slow)).toContain('which program it is, is not known');
    expect(say(machine().run(60, 97), 'de')).toContain('ist nicht bekannt');
  });

  it('stays the same object while it says the same', () => {
    const desk = machine();
    const before = desk.run(60, 10, idle);
    expect(desk.run(60, 10, idle)).toBe(before);
  });
});

describe('what is broken', () => {
  it('is called by its title, and not said to be slow', () => {
    const desk = machine();
    desk.run(30, 10, idle);
    const up = { name: 'target_up', labels: ['target', 'kind'] };
    const problem = { name: 'target_problem', labels: ['target', 'kind', 'problem'] };
    const series = (of: typeof up, labels: Record<string, string>) => ({
      key: seriesKey(of, labels),
      metric: metric(of.name, of.labels),
      labels,
    });
    const target = { target: 'shop', kind: 'sqlite' };
    const now = desk.run(60, 10, idle, [
      { series: series(up, target), value: 0 },
      { series: series(problem, { ...target, problem: 'missing-table' }), value: 1 },
    ]);
    expect(now.causes[0]).toMatchObject({ kind: 'database', name: 'shop' });
    expect(say(now)).toMatch(/^Since \d\d:\d\d: The database My shop lacks a table\.$/);
    expect(say(now, 'de')).toMatch(/^Seit \d\d:\d\d: Der Datenbank My shop fehlt eine Tabelle\.$/);
  });
});

describe('the cause behind an alert', () => {
  const slow = machine();
  slow.run(60, 10, idle);
  const now = slow.run(60, 97, build);
  const about = (series: string, labels = {}, resource?: 'cpu' | 'memory' | 'disk') =>
    causeForAlert(now, { series, labels, resource })?.name;

  it('is the one of its resource', () => {
    expect(about('system_cpu_percent', {}, 'cpu')).toBe('vite build');
    expect(about('system_memory_percent', {}, 'memory')).toBeUndefined();
    expect(about('processes_cpu_cores_ratio{name="vite build"}', { name: 'vite build' }, 'cpu')).toBe('vite build');
    expect(about('processes_cpu_cores_ratio{name="other"}', { name: 'other' }, 'cpu')).toBeUndefined();
    expect(about('disk_space_free_ratio', { volume: '/' })).toBeUndefined();
  });

  it('is the load for a target that got slow, but not for one that is gone', () => {
    expect(about('target_latency_seconds{target="shop"}', { target: 'shop' })).toBe('vite build');
    expect(about('target_up{target="shop"}', { target: 'shop' })).toBeUndefined();
  });
});
