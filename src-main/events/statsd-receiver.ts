/** StatsD over UDP on loopback, for applications that speak nothing else. UDP tells no one what was lost, so it is an option and off at first. */
import type { Socket } from 'node:dgram';
import type { MetricDescription } from '../contract/metric.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { Clock } from '../platform/clock.ts';
import { type ExternalMetric, ExternalSeries, safeName } from '../sampling/external-series.ts';
import type { Source } from '../sampling/source.ts';
import { durationBuckets } from './event-metrics.ts';
import { parseStatsdLine, type StatsdSample } from './statsd-line.ts';

const lines: MetricDescription = {
  name: 'statsd_lines_total',
  title: { en: 'StatsD lines', de: 'StatsD-Zeilen' },
  help: { en: 'Lines of StatsD that were taken.', de: 'Angenommene Zeilen von StatsD.' },
  unit: 'count',
  kind: 'counter',
  labels: [],
};
const refused: MetricDescription = {
  name: 'statsd_lines_refused_total',
  title: { en: 'StatsD lines refused', de: 'Abgelehnte StatsD-Zeilen' },
  help: {
    en: 'Lines of StatsD that made no sense or found no room.',
    de: 'Zeilen von StatsD, die keinen Sinn ergaben oder für die kein Platz war.',
  },
  unit: 'count',
  kind: 'counter',
  labels: [],
};

export interface StatsdReceiver {
  readonly source: Source;
  /** Takes one datagram; what UDP brings and tests send. */
  take(datagram: string): void;
  /** @returns the port it listens on */
  listen(port: number): Promise<Outcome<number>>;
  close(): Promise<void>;
}

export function createStatsdReceiver(clock: Clock, mostSeries: number): StatsdReceiver {
  const series = new ExternalSeries(mostSeries);
  let socket: Socket | undefined;
  let taken = 0;
  let bad = 0;

  const source: Source = {
    id: 'statsd',
    title: { en: 'StatsD', de: 'StatsD' },
    interval: 'fast',
    timeoutMs: 5_000,
    get metrics() {
      return [lines, refused, ...series.metrics];
    },
    collect(sink, { monotonic }) {
      if (taken === 0 && bad === 0) return;
      sink.sample(lines, taken);
      sink.sample(refused, bad);
      series.tell(sink);
      series.forgetSilent(monotonic);
    },
  };

  function take(datagram: string): void {
    const now = clock.monotonic();
    for (const line of datagram.split('\n')) {
      if (line.trim() === '') continue;
      const sample = parseStatsdLine(line);
      if (sample !== undefined && put(series, sample, now)) taken += 1;
      else bad += 1;
    }
  }

  async function listen(port: number): Promise<Outcome<number>> {
    const { createSocket } = await import('node:dgram');
    const opened = createSocket('udp4');
    return new Promise((resolve) => {
      opened.once('error', (error: NodeJS.ErrnoException) => {
        opened.close();
        const why = error.code === 'EADDRINUSE' ? 'another program uses it' : error.message;
        resolve(
          failed(
            'statsd-port',
            `StatsD can't listen on UDP port ${port}: ${why}.`,
            'Choose another port in the settings.',
            { port, detail: why },
          ),
        );
      });
      opened.bind(port, '127.0.0.1', () => {
        socket = opened;
        opened.on('error', () => {});
        opened.on('message', (message) => take(message.toString('utf8')));
        resolve(ok(opened.address().port));
      });
    });
  }

  return {
    source,
    take,
    listen,
    close: () =>
      new Promise((resolve) => {
        if (socket === undefined) resolve();
        else socket.close(() => resolve());
        socket = undefined;
      }),
  };
}

function put(
  series: ExternalSeries,
  { name, type, value, weight, isRelative, tags }: StatsdSample,
  now: number,
): boolean {
  const stem = `statsd_${safeName(name)}`;
  const describe = (suffix: string, more: Partial<ExternalMetric> = {}): ExternalMetric => ({
    name: `${stem}${suffix}`,
    help: '',
    unit: 'count',
    kind: 'counter',
    ...more,
  });
  if (type === 'counter') return series.put(describe('_total'), tags, value, now, true);
  if (type === 'gauge') return series.put(describe('', { kind: 'gauge' }), tags, value, now, isRelative);
  const histogram = `${stem}_seconds`;
  let hasRoom = true;
  for (const limit of [...durationBuckets, Number.POSITIVE_INFINITY]) {
    const le = limit === Number.POSITIVE_INFINITY ? '+Inf' : String(limit);
    const within = value <= limit ? weight : 0;
    hasRoom &&= series.put(describe('_seconds_bucket', { histogram }), { ...tags, le }, within, now, true);
  }
  hasRoom &&= series.put(describe('_seconds_count', { histogram }), tags, weight, now, true);
  return (
    hasRoom && series.put(describe('_seconds_sum', { histogram, unit: 'seconds' }), tags, value * weight, now, true)
  );
}
