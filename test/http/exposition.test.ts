import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { LiveState, SeriesInfo } from '../../src-main/contract/live.ts';
import { type Labels, type MetricDescription, seriesKey } from '../../src-main/contract/metric.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import { formatValue, negotiateFormat, renderExposition } from '../../src-main/http/exposition.ts';
import { requireDebian } from '../support/peers/debian.ts';

const metric = (name: string, kind: 'gauge' | 'counter', more: Partial<MetricDescription> = {}): MetricDescription => ({
  name,
  kind,
  title: sameInEvery(name),
  help: sameInEvery(`What ${name} is.`),
  unit: 'count',
  labels: [],
  ...more,
});
const series = (description: MetricDescription, labels: Labels = {}): SeriesInfo => ({
  key: seriesKey(description, labels),
  metric: description,
  labels,
});

const facts = series(metric('facts_total', 'gauge'));
const hits = series(metric('cache_hits_total', 'counter'));
const disk = metric('disk_free_bytes', 'gauge', { labels: ['volume'] });
const parts = (['0.1', '+Inf'] as const).map((le) =>
  series(metric('query_duration_seconds_bucket', 'counter', { labels: ['le'], histogram: 'query_duration_seconds' }), {
    le,
  }),
);
const sum = series(metric('query_duration_seconds_sum', 'counter', { histogram: 'query_duration_seconds' }));
const count = series(metric('query_duration_seconds_count', 'counter', { histogram: 'query_duration_seconds' }));

const stateOf = (values: readonly (readonly [SeriesInfo, number])[]): LiveState =>
  ({ at: 0, values: new Map(values.map(([{ key }, value]) => [key, { at: 0, value }])) }) as unknown as LiveState;
const render = (
  values: readonly (readonly [SeriesInfo, number])[],
  format: 'prometheus' | 'openmetrics' = 'prometheus',
): string =>
  renderExposition(
    stateOf(values),
    values.map(([one]) => one),
    format,
  );

describe('the exposition', () => {
  it('gives each family its HELP and TYPE once, and the prefix', () => {
    const root = series(disk, { volume: '/' });
    const home = series(disk, { volume: '/ho"me' });
    expect(
      render([
        [root, 1],
        [facts, 4242],
        [home, 2],
      ]),
    ).toBe(
      '# HELP hakgal_disk_free_bytes What disk_free_bytes is.\n# TYPE hakgal_disk_free_bytes gauge\n' +
        'hakgal_disk_free_bytes{volume="/"} 1\nhakgal_disk_free_bytes{volume="/ho\\"me"} 2\n' +
        '# HELP hakgal_facts_total What facts_total is.\n# TYPE hakgal_facts_total gauge\nhakgal_facts_total 4242\n',
    );
  });

  it('leaves out what has no value now, its description included', () => {
    expect(renderExposition(stateOf([]), [facts], 'prometheus')).toBe('');
  });

  it('names a counter without _total in the head of OpenMetrics and ends with EOF', () => {
    expect(
      render(
        [
          [hits, 7],
          [facts, 1],
        ],
        'openmetrics',
      ),
    ).toBe(
      '# HELP hakgal_cache_hits What cache_hits_total is.\n# TYPE hakgal_cache_hits counter\nhakgal_cache_hits_total 7\n' +
        '# HELP hakgal_facts_total What facts_total is.\n# TYPE hakgal_facts_total gauge\nhakgal_facts_total 1\n# EOF\n',
    );
  });

  it('puts the parts of a histogram together, buckets by their bound', () => {
    const text = render([
      [count, 3],
      [parts[1] as SeriesInfo, 3],
      [sum, 0.4],
      [parts[0] as SeriesInfo, 2],
    ]);
    expect(text.split('\n').slice(1, -1)).toEqual([
      '# TYPE hakgal_query_duration_seconds histogram',
      'hakgal_query_duration_seconds_bucket{le="0.1"} 2',
      'hakgal_query_duration_seconds_bucket{le="+Inf"} 3',
      'hakgal_query_duration_seconds_sum 0.4',
      'hakgal_query_duration_seconds_count 3',
    ]);
  });

  it('keeps the histograms of one family apart by their labels, whatever those are called', () => {
    const labels = ['role', 'le'];
    const histogram = 'wait_seconds';
    const bucket = metric('wait_seconds_bucket', 'counter', { labels, histogram });
    const whole = metric('wait_seconds_count', 'counter', { labels: ['role'], histogram });
    const text = render([
      [series(bucket, { role: 'b le="9"', le: '+Inf' }), 2],
      [series(whole, { role: 'a' }), 1],
      [series(bucket, { role: 'b le="9"', le: '10' }), 2],
      [series(bucket, { role: 'a', le: '+Inf' }), 1],
      [series(bucket, { role: 'b le="9"', le: '9' }), 1],
    ]);
    expect(text.split('\n').slice(2, -1)).toEqual([
      'hakgal_wait_seconds_bucket{role="a",le="+Inf"} 1',
      'hakgal_wait_seconds_count{role="a"} 1',
      'hakgal_wait_seconds_bucket{role="b le=\\"9\\"",le="9"} 1',
      'hakgal_wait_seconds_bucket{role="b le=\\"9\\"",le="10"} 2',
      'hakgal_wait_seconds_bucket{role="b le=\\"9\\"",le="+Inf"} 2',
    ]);
  });

  it('gives a counter that is not called _total no type in OpenMetrics, which has no such counters', () => {
    const scraped = series(metric('scraped_requests', 'counter'));
    expect(render([[scraped, 1]])).toContain('# TYPE hakgal_scraped_requests counter\n');
    expect(render([[scraped, 1]], 'openmetrics')).toContain('# TYPE hakgal_scraped_requests unknown\n');
  });

  it('escapes the help as each format wants it', () => {
    const odd = series(metric('odd', 'gauge', { help: sameInEvery('A "C:\\path"\nand more.') }));
    expect(render([[odd, 1]])).toContain('# HELP hakgal_odd A "C:\\\\path"\\nand more.\n');
    expect(render([[odd, 1]], 'openmetrics')).toContain('# HELP hakgal_odd A \\"C:\\\\path\\"\\nand more.\n');
  });

  it('writes what is no finite number as Prometheus does', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-7].map(formatValue)).toEqual([
      'NaN',
      '+Inf',
      '-Inf',
      '1e-7',
    ]);
  });

  it.each([
    [undefined, 'prometheus'],
    ['*/*', 'prometheus'],
    ['application/json', 'prometheus'],
    ['application/openmetrics-text', 'openmetrics'],
    ['application/openmetrics-text;version=1.0.0,text/plain;q=0.5', 'openmetrics'],
    ['application/openmetrics-text;version=2.0.0', 'prometheus'],
    ['application/openmetrics-text;q=0.2,text/plain;q=0.9', 'prometheus'],
    ['application/openmetrics-text;q=0', 'prometheus'],
  ] as const)('answers Accept "%s" with %s', (accept, format) => {
    expect(negotiateFormat(accept)).toBe(format);
  });

  const promtool = requireDebian('prometheus', 'promtool');
  it.skipIf('missing' in promtool)(
    `is taken by promtool${'missing' in promtool ? ` (skipped: ${promtool.missing})` : ''}`,
    () => {
      if ('missing' in promtool) return;
      const text = render([
        [hits, 7],
        [parts[0] as SeriesInfo, 2],
        [parts[1] as SeriesInfo, 3],
        [sum, 0.4],
        [count, 3],
        [series(disk, { volume: 'C:\\' }), 5],
      ]);
      expect(execFileSync(promtool.path, ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
    },
  );
});
