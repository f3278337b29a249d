import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { parseSeriesKey, seriesKey } from '../../src-main/contract/metric.ts';
import { createEventIntake } from '../../src-main/events/event-intake.ts';
import { createStatsdReceiver } from '../../src-main/events/statsd-receiver.ts';
import type { Source } from '../../src-main/sampling/source.ts';
import { parseExposition } from '../../src-main/targets/prometheus/parse-exposition.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { runOnce } from '../support/run-once.ts';
import { openTarget } from '../support/target.ts';

async function scrape(text: string, settings: object = {}) {
  const server = createServer((_, response) => response.end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  try {
    await using target = openTarget({ kind: 'prometheus', url, ...settings });
    const { finding, values } = await target.look();
    return { finding, values, scraped: Object.entries(values).filter(([key]) => key.startsWith('scraped_')) };
  } finally {
    server.close();
  }
}
const parse = (text: string) => parseExposition(text, { maxSamples: 1_000, takes: () => true });
const manyLabels = (count: number, last: string): string =>
  `many{${Array.from({ length: count }, (_, index) => `l${index}="x"`).join(',')},z="${last}"} 1\n`;

describe('series that differ', () => {
  it('stay apart by any label, however many or long', async () => {
    expect((await scrape(manyLabels(40, 'one') + manyLabels(40, 'two'))).scraped).toHaveLength(2);
    const long = 'v'.repeat(1_000);
    expect((await scrape(`a{x="${long}1"} 1\na{x="${long}2"} 2\n`)).scraped).toHaveLength(2);
    expect((await scrape('Http_X 1\nhttp_X 2\nhttpX 3\n_http_X 4\na:b 5\na_b 6\n')).scraped).toHaveLength(6);
    expect(
      (await scrape('{"a.b",x="1"} 1\n{"a_b",x="1"} 2\n{"a/b"} 3\nl{"x.y"="1"} 4\nl{"x_y"="1"} 5\n')).scraped,
    ).toHaveLength(5);
    expect((await scrape('n{a="x\\u0000",b="y"} 1\nn{a="x",b="\\u0000y"} 2\n')).scraped).toHaveLength(2);
  });

  it('keep a label that is ours under another name', async () => {
    const { values } = await scrape('loss{target="a"} 0\nloss{target="b"} 1\nloss{target="c",exported_target="d"} 2\n');
    expect(values).toMatchObject({
      'scraped_loss{exported_target="a",target="x"}': 0,
      'scraped_loss{exported_target="b",target="x"}': 1,
      'scraped_loss{exported_exported_target="c",exported_target="d",target="x"}': 2,
    });
  });

  it('are refused with a number where there are too many labels, never cut', async () => {
    const { finding, values, scraped } = await scrape(`${manyLabels(90, 'one')}${manyLabels(90, 'two')}fine 1\n`);
    expect(scraped).toHaveLength(1);
    expect(finding).toMatchObject({ state: 'up', kind: 'series-refused' });
    expect(values['prometheus_target_refused_samples{target="x"}']).toBe(2);
    const full = await scrape('a 1\nb 2\nc 3\n', { maxSeries: 1 });
    expect(full.finding.kind).toBe('cut');
    expect(full.values['prometheus_target_refused_samples{target="x"}']).toBe(2);
  });

  it('have keys that can be read back', () => {
    const sets: readonly Record<string, string>[] = [{ a: 'x"y\\z\n{},' }, { a: 'ü', b: '日本' }];
    for (const labels of sets) {
      const key = seriesKey({ name: 'a:b', labels: Object.keys(labels) }, labels);
      expect(parseSeriesKey(key)).toEqual({ name: 'a:b', labels });
    }
  });
});

describe('the text of an exposition', () => {
  it('may carry exemplars, times, blanks, tabs and line ends of any kind', () => {
    const { samples, badLines } = parse(
      [
        'd_bucket{le="0.1"} 1 # {trace_id="a # {b}"} 0.006',
        'reqs_total{code="200"} 7 # {trace_id="z"} 1 1.6e9',
        'sp { a = "b" , c="d" , } 1',
        'tabbed\t{a="b"}\t2\t1700000000000',
        'no_blank{a="b"}3',
        'brace{a="}",b="\\"{"} 4\r',
        'om 5 1700000000.123 # {} 1',
      ].join('\n'),
    );
    expect(badLines).toBe(0);
    expect(samples.map(({ value }) => value)).toEqual([1, 7, 1, 2, 3, 4, 5]);
    expect(samples[5]?.labels).toEqual({ a: '}', b: '"{' });
  });

  it('writes what is no number in any case, and nothing else passes for one', () => {
    const good = parse('a nan\nb +inf\nc -INF\nd Infinity\ne NaN\nf 1e3\ng .5\nh +1.');
    expect(good.badLines).toBe(0);
    expect(good.samples.map(({ value }) => value)).toEqual([NaN, Infinity, -Infinity, Infinity, NaN, 1_000, 0.5, 1]);
    expect(parse('a 0b1\nb ten\nc 1 2 3\nd{a="b" 1\ne{a=b} 1\nf\ng{a="1",a="2"} 1').badLines).toBe(7);
  });

  it('of OpenMetrics ends at its end and has kinds of its own', () => {
    const { samples } = parse(
      '# TYPE a counter\n# UNIT a seconds\na_total 1\na_created 17e8\n# TYPE s stateset\ns{s="x"} 1\n# EOF\nlater 1\n',
    );
    expect(samples.map(({ name, type }) => [name, type])).toEqual([
      ['a_total', 'counter'],
      ['a_created', 'counter'],
      ['s', 'gauge'],
    ]);
  });
});

describe('OpenTelemetry as JSON', () => {
  const sum = (resource: object | null, points: unknown, name = 'n') => ({
    resource,
    scopeMetrics: [
      { metrics: [{ name, unit: null, sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: points } }] },
    ],
  });
  const send = async (resourceMetrics: unknown) => {
    const intake = createEventIntake({ clock: new FakeClock() });
    const answer = await intake.acceptOtlp(
      'Application/JSON; charset=utf-8',
      Buffer.from(`\ufeff${JSON.stringify({ resourceMetrics })}`),
    );
    return { answer, body: JSON.parse(answer.body.toString()), values: await runOnce(intake.sources[1] as Source) };
  };
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue, intValue: null } });

  it('takes null for a field that is not there, and numbers as text', async () => {
    const { answer, values } = await send([
      sum({ attributes: null }, [{ asInt: '5', attributes: null, flags: null, unknown: { x: 1 } }]),
      sum(null, [{ asDouble: 2.5 }], 'm'),
    ]);
    expect(answer.status).toBe(200);
    expect(values).toMatchObject({ otlp_n_total: 5, otlp_m_total: 2.5 });
  });

  it('keeps workers apart that name no instance, and names that differ by a dot', async () => {
    const worker = (pid: string) => ({ attributes: [attribute('service.name', 's'), attribute('process.pid', pid)] });
    const { values } = await send([
      sum(worker('1'), [{ asInt: 1 }]),
      sum(worker('2'), [{ asInt: 2 }]),
      sum(null, [{ asInt: 3 }], 'a.b'),
      sum(null, [{ asInt: 4 }], 'a_b'),
      sum(worker('3'), [{ asInt: 5, attributes: [attribute('service', 'mine')] }], 'k'),
    ]);
    expect(values).toMatchObject({
      'otlp_n_total{instance="1",service="s"}': 1,
      'otlp_n_total{instance="2",service="s"}': 2,
      'otlp_k_total{exported_service="mine",instance="3",service="s"}': 5,
    });
    expect(
      Object.entries(values)
        .filter(([key]) => key.startsWith('otlp_a'))
        .map(([, value]) => value),
    ).toEqual([3, 4]);
  });

  it('answers with a partial success where a point has too many attributes', async () => {
    const attributes = Array.from({ length: 200 }, (_, index) => attribute(`a${index}`, 'x'));
    const { body, values } = await send([sum(null, [{ asInt: 1, attributes }, { asInt: 2 }])]);
    expect(body.partialSuccess).toMatchObject({ rejectedDataPoints: '1' });
    expect(values).toMatchObject({ otlp_points_refused_total: 1, otlp_n_total: 2 });
  });
});

describe('DogStatsD', () => {
  it('packs values, counts sets, has histograms without a unit and passes over events', async () => {
    const clock = new FakeClock();
    const statsd = createStatsdReceiver(clock, 100);
    statsd.take(
      [
        'c:1:2:3|c|@0.5',
        'h:5:500|h|#a:1',
        'd:7|d|T1656581400',
        'users:ann|s',
        'users:bob:ann|s',
        'g:+5|g',
        'g:-2|g',
        'two:1|g|c:abc',
        'two:2|g|c:def',
        '_e{5,4}:title|text',
        '_sc|check|0',
        'rel:+4|c|@0.5',
      ].join('\n'),
    );
    const values = await runOnce(statsd.source, 10_000, 10_000);
    expect(values).toMatchObject({
      statsd_c_total: 12,
      'statsd_h_bucket{a="1",le="10"}': 1,
      'statsd_h_sum{a="1"}': 505,
      statsd_d_count: 1,
      statsd_users_unique: 2,
      statsd_g: 3,
      'statsd_two{container_id="abc"}': 1,
      'statsd_two{container_id="def"}': 2,
      statsd_lines_ignored_total: 2,
      statsd_rel_total: 8,
      statsd_lines_refused_total: 0,
    });
  });
});
