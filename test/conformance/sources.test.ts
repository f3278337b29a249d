/** What every source must keep: new ones are tested here before their authors write a line. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shippedRules } from '../../src-main/alerts/rules/index.ts';
import { createCollectors } from '../../src-main/collectors/index.ts';
import { type Labels, type MetricDescription, seriesKey } from '../../src-main/contract/metric.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { runSource } from '../../src-main/sampling/run-source.ts';
import { selfMetrics } from '../../src-main/sampling/self-metrics.ts';
import { SeriesRegistry } from '../../src-main/sampling/series-registry.ts';
import { NoData } from '../../src-main/sampling/source.ts';
import { contractNames, wellKnown } from '../../src-main/sampling/well-known-metrics.ts';
import { storeSource } from '../../src-main/store/store-source.ts';
import { makeSources } from '../support/all-sources.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { requireDebian } from '../support/peers/debian.ts';

const example = makeSources();
const sources = example.all.map((source) => [source.id, source] as const);
const allMetrics = [...new Set([...example.all.flatMap(({ metrics }) => metrics), ...selfMetrics])];

/** Sources whose metrics have names of their own, with the reason. */
const ownNames: Readonly<Record<string, RegExp>> = {
  // "self" would only repeat what the prefix says; what applications report has names that dashboards rely on.
  'monitor-self': /^monitor_/,
  'application-events': /^(query|queries|cache|events)_/,
};

describe.each(sources)('source %s', (id, source) => {
  it('is described in whole', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9-]+)?$/);
    for (const title of Object.values(source.title)) expect(title).toMatch(/^[A-Z]/);
    expect(source.timeoutMs).toBeGreaterThan(0);
    expect(source.metrics.length).toBeGreaterThan(0);
    for (const metric of source.metrics) {
      for (const title of Object.values(metric.title)) expect(title, metric.name).toMatch(/^[A-ZÄÖÜ][^.]*$/);
      for (const help of Object.values(metric.help)) expect(help, metric.name).toMatch(/^[A-ZÄÖÜ].*\.$/);
    }
  });

  it('has the name of its file, and its metrics begin with it', () => {
    const file = id.split(':')[0] as string;
    const places = ['collectors', 'targets', 'events'].map((folder) => `src-main/${folder}/${file}.ts`);
    const isKnown =
      places.some((place) => existsSync(place)) || ['application-events', 'otlp', 'statsd'].includes(file);
    expect(isKnown, `none of ${places.join(', ')}`).toBe(true);
    const begins = ownNames[file] ?? new RegExp(`^${file.replaceAll('-', '_')}(_|$)`);
    for (const { name } of source.metrics)
      if (!contractNames.includes(name) && !name.startsWith('target_')) expect(name).toMatch(begins);
  });

  it('yields only what it described, with exactly its labels', async () => {
    const known = new Set(source.metrics);
    const keys: string[] = [];
    const sample = (metric: MetricDescription, value: number | null | undefined, labels: Labels = {}): void => {
      if (value === null || value === undefined) return;
      expect(known.has(metric), `${metric.name} is not described`).toBe(true);
      expect(Object.keys(labels).sort()).toEqual([...metric.labels].sort());
      expect(Number.isFinite(value), `${metric.name} is ${value}`).toBe(true);
      keys.push(seriesKey(metric, labels));
    };
    for (const monotonic of [1_000, 2_000]) {
      keys.length = 0;
      try {
        await source.collect({ sample }, { at: monotonic, monotonic, signal: new AbortController().signal });
      } catch (error) {
        // This machine may lack the subject, and must then say what.
        expect(error).toBeInstanceOf(NoData);
        expect((error as Error).message).toMatch(/^[A-Z].+ .+/);
      }
      expect(new Set(keys).size, 'a series came twice in one collection').toBe(keys.length);
    }
  });

  it('that fails or hangs is told apart and ends at its timeout', async () => {
    const registry = new SeriesRegistry();
    const clock = new FakeClock();
    const failing = { ...source, metrics: source.metrics, collect: () => Promise.reject(new Error('broken')) };
    expect(await runSource(failing, registry, clock, 0)).toMatchObject({ state: 'failed', reason: 'broken' });
    const hanging = { ...source, metrics: source.metrics, collect: () => new Promise<void>(() => {}) };
    const collection = runSource(hanging, registry, clock, 0);
    await clock.advance(source.timeoutMs);
    expect(await collection).toMatchObject({ state: 'timed-out' });
  });
});

describe('a machine that tells nothing', () => {
  it('makes no source crash, and each says why it has nothing', async () => {
    const broken = makeSources({ procRoot: '/nowhere/proc', sysRoot: '/nowhere/sys' });
    for (const source of broken.collectors) {
      const { state, reason } = await runSource(source, new SeriesRegistry(), systemClock, 0);
      if (state !== 'ok') expect(reason, source.id).toMatch(/\w+ \w+/);
      expect(state).not.toBe('timed-out');
    }
    await broken.close();
  });
});

describe('a value that is not there', () => {
  /** Everything that a collector could look for is a folder without files, or a file without what it is read for. */
  const machines: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'with nothing at all': {},
    'with folders that hold no files': {
      'sys/class/power_supply/BAT0/': '',
      'sys/class/drm/card0/device/': '',
      'sys/class/hwmon/hwmon0/': '',
      'sys/class/thermal/thermal_zone0/': '',
      'sys/block/sda/': '',
      'proc/pressure/': '',
    },
    'whose files are empty': {
      'sys/class/power_supply/BAT0/type': '',
      'sys/class/drm/card0/device/gpu_busy_percent': '',
      'sys/class/hwmon/hwmon0/temp1_input': '',
      'sys/class/hwmon/hwmon0/fan1_input': '',
      'sys/class/thermal/thermal_zone0/temp': '',
      'sys/block/sda/': '',
      'proc/pressure/cpu': '',
      'proc/pressure/memory': '',
      'proc/diskstats': '',
      'proc/meminfo': '',
      'proc/net/dev': '',
      'proc/stat': '',
    },
    'that tells the least of everything': {
      'sys/class/power_supply/BAT0/type': 'Battery\n',
      'sys/class/power_supply/BAT0/capacity': '80\n',
      'sys/class/drm/card0/device/gpu_busy_percent': '7\n',
      'proc/meminfo': 'MemTotal: 1000 kB\nMemFree: 400 kB\n',
    },
  };

  it.each(Object.keys(machines))('is no zero on a machine %s', async (kind) => {
    const root = mkdtempSync(join(tmpdir(), 'hakgal-absent-'));
    for (const [path, text] of Object.entries(machines[kind] ?? {})) {
      mkdirSync(join(root, path.endsWith('/') ? path : dirname(path)), { recursive: true });
      if (!path.endsWith('/')) writeFileSync(join(root, path), text);
    }
    const deps = { clock: systemClock, platform: 'linux' as const, dataDir: tmpdir() };
    const collectors = createCollectors({ ...deps, procRoot: join(root, 'proc'), sysRoot: join(root, 'sys') });
    const zeros: string[] = [];
    const sample = (metric: MetricDescription, value: number | null | undefined, labels: Labels = {}): void => {
      if (value === 0) zeros.push(seriesKey(metric, labels));
    };
    for (const source of collectors.filter(({ id }) => !asksElsewhere.includes(id)))
      for (const monotonic of [1_000, 2_000])
        try {
          await source.collect({ sample }, { at: monotonic, monotonic, signal: new AbortController().signal });
        } catch {
          // It says that it has nothing, which is what is wanted.
        }
    for (const source of collectors) await source.close?.();
    rmSync(root, { recursive: true, force: true });
    expect(zeros).toEqual([]);
  });
});

/** They ask the running process or the system's calls, not a folder that could be absent. */
const asksElsewhere = ['monitor-self', 'uptime', 'cpu-frequency', 'disk-space'];

describe('all metrics together', () => {
  it('have names that no two describe differently', () => {
    const byName = new Map<string, MetricDescription>();
    for (const metric of allMetrics)
      expect(byName.get(metric.name) ?? metric).toBe(byName.set(metric.name, metric).get(metric.name));
  });

  it('hold every name that other parts look at', () => {
    const names = new Set(allMetrics.map(({ name }) => name));
    for (const name of Object.values(wellKnown)) expect(names).toContain(name);
  });

  const prometheus = requireDebian('prometheus', 'promtool');
  const why = 'missing' in prometheus ? ` (skipped: ${prometheus.missing})` : '';
  it.skipIf('missing' in prometheus)(`are clean to promtool but for the contract's own eight${why}`, () => {
    const program = 'path' in prometheus ? prometheus.path : 'promtool';
    const found = complaints(program, allMetrics);
    expect(found.filter((line) => !contractNames.some((name) => line.startsWith(`hakgal_${name} `)))).toEqual([]);
  });
});

/** What promtool has to say about a page that tells each metric once. */
function complaints(promtool: string, metrics: readonly MetricDescription[]): readonly string[] {
  const families = new Set<string>();
  const lines: string[] = [];
  for (const metric of metrics) {
    const family = metric.histogram ?? metric.name;
    if (!families.has(family)) {
      families.add(family);
      const parts = metrics.filter(({ name, histogram }) => histogram === family || name === family);
      lines.push(`# HELP hakgal_${family} ${metric.help.en}`);
      lines.push(`# TYPE hakgal_${family} ${metric.histogram === undefined ? metric.kind : 'histogram'}`);
      for (const part of parts) {
        const labels = Object.fromEntries(part.labels.map((label) => [label, label === 'le' ? '+Inf' : 'x']));
        lines.push(`hakgal_${seriesKey(part, labels)} 1`);
      }
    }
  }
  try {
    execFileSync(promtool, ['check', 'metrics'], { input: `${lines.join('\n')}\n`, stdio: ['pipe', 'pipe', 'pipe'] });
    return [];
  } catch (error) {
    const { stderr, stdout } = error as { stderr: Buffer; stdout: Buffer };
    return `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '');
  }
}

afterAll(() => example.close());

const metrics = new Map(
  [
    ...allMetrics,
    ...storeSource(() => ({}) as never).metrics,
    ...example.ofStore.flatMap(({ metrics }) => metrics),
  ].map((metric) => [metric.name, metric]),
);

describe('shipped alert rules', () => {
  it.each(shippedRules.map((rule) => [rule.id, rule] as const))(
    '%s looks at a metric that a source yields',
    (_, rule) => {
      const metric = metrics.get(rule.metric);
      expect(metric?.name).toBe(rule.metric);
      for (const { label } of rule.match) expect(metric?.labels).toContain(label);
      for (const { rules } of rule.inhibits) {
        for (const muted of rules) expect(['*', ...shippedRules.map(({ id }) => id)]).toContain(muted);
      }
    },
  );
});
