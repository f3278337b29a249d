/**
 * StatsD over UDP on loopback, for applications that speak nothing else. UDP tells no one what was lost, so it is an
 * option and off at first.
 */
import type { Socket } from 'node:dgram';
import type { MetricDescription } from '../contract/metric.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { Clock } from '../platform/clock.ts';
import { type ExternalMetric, ExternalSeries, withOwnLabels } from '../sampling/external-series.ts';
import type { Source } from '../sampling/source.ts';
import { durationBuckets } from './event-metrics.ts';
import { isStatsdNotification, parseStatsdLine, type StatsdSample } from './statsd-line.ts';

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

const ignored: MetricDescription = {
  name: 'statsd_lines_ignored_total',
  title: { en: 'StatsD events ignored', de: 'Übergangene StatsD-Ereignisse' },
  help: {
    en: 'Events and service checks of DogStatsD, which are no metrics.',
    de: 'Ereignisse und Dienstprüfungen von DogStatsD, die keine Messwerte sind.',
  },
  unit: 'count',
  kind: 'counter',
  labels: [],
};

/** Of values without a unit nothing is known but that they may be small or large. */
const plainBuckets = [0.001, 0.01, 0.1, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;
/** Sets are counted over this long, as other StatsD servers do. */
const setSpanMs = 10_000;
const maxSetMembers = 10_000;

interface OpenSet {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly members: Set<string>;
}

export interface StatsdReceiver {
  readonly source: Source;
  /** Takes one datagram; what UDP brings and tests send. */
  take(datagram: string): void;
  /** @returns the port it listens on */
  listen(port: number): Promise<Outcome<number>>;
  close(): Promise<void>;
}

export function createStatsdReceiver(clock: Clock, maxSeries: number): StatsdReceiver {
  const series = new ExternalSeries(maxSeries);
  let socket: Socket | undefined;
  let taken = 0;
  let bad = 0;
  let notifications = 0;
  const sets = new Map<string, OpenSet>();
  let setsCountedAt = clock.monotonic();

  const source: Source = {
    id: 'statsd',
    title: { en: 'StatsD', de: 'StatsD' },
    interval: 'fast',
    timeoutMs: 5_000,
    get metrics() {
      return [lines, refused, ignored, ...series.metrics];
    },
    collect(sink, { monotonic }) {
      if (taken === 0 && bad === 0 && notifications === 0) return;
      if (monotonic - setsCountedAt >= setSpanMs) {
        setsCountedAt = monotonic;
        for (const { name, tags, members } of sets.values())
          if (!series.put(gaugeOf(name, '_unique'), tags, members.size, monotonic)) bad += 1;
        sets.clear();
      }
      if (notifications > 0) sink.sample(ignored, notifications);
      sink.sample(lines, taken);
      sink.sample(refused, bad);
      series.emit(sink);
      series.forgetSilent(monotonic);
    },
  };

  function take(datagram: string): void {
    const now = clock.monotonic();
    for (const line of datagram.split('\n')) {
      if (line.trim() === '') continue;
      if (isStatsdNotification(line)) {
        notifications += 1;
        continue;
      }
      const sample = parseStatsdLine(line);
      if (sample !== undefined && (sample.type === 'set' ? join(sample) : put(series, sample, now))) taken += 1;
      else bad += 1;
    }
  }

  function join({ name, tags, members }: Extract<StatsdSample, { type: 'set' }>): boolean {
    const key = JSON.stringify([name, Object.entries(tags).sort()]);
    const open = sets.get(key) ?? { name, tags, members: new Set<string>() };
    if (!sets.has(key) && sets.size >= maxSeries) return false;
    sets.set(key, open);
    for (const member of members) {
      if (open.members.size >= maxSetMembers && !open.members.has(member)) return false;
      open.members.add(member);
    }
    return true;
  }

  async function listen(port: number): Promise<Outcome<number>> {
    const { createSocket } = await import('node:dgram');
    const opened = createSocket('udp4');
    return new Promise((resolve) => {
      opened.once('error', (error: NodeJS.ErrnoException) => {
        opened.close();
        const why = error.code === 'EADDRINUSE' ? 'another program uses it' : error.message;
        resolve(failed('statsd-port', { port: String(port), detail: why }));
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

const gaugeOf = (name: string, suffix: string): ExternalMetric => ({
  name: `statsd_${name}${suffix}`,
  help: '',
  unit: 'count',
  kind: 'gauge',
});

function put(series: ExternalSeries, sample: Exclude<StatsdSample, { type: 'set' }>, now: number): boolean {
  const { name, type, values, weight, isRelative, tags } = sample;
  if (type === 'gauge') return values.every((value) => series.put(gaugeOf(name, ''), tags, value, now, isRelative));
  if (type === 'counter') {
    const total: ExternalMetric = { ...gaugeOf(name, '_total'), kind: 'counter' };
    return values.every((value) => series.put(total, tags, value, now, true));
  }
  const isTimer = type === 'timer';
  const histogram = `statsd_${name}${isTimer ? '_seconds' : ''}`;
  const part = (suffix: string): ExternalMetric => ({
    name: `${histogram}_${suffix}`,
    help: '',
    unit: isTimer && suffix === 'sum' ? 'seconds' : 'count',
    kind: 'counter',
    histogram,
  });
  const limits: readonly number[] = [...(isTimer ? durationBuckets : plainBuckets), Number.POSITIVE_INFINITY];
  return values.every((value) => {
    let hasRoom = true;
    for (const limit of limits) {
      const le = limit === Number.POSITIVE_INFINITY ? '+Inf' : String(limit);
      hasRoom &&= series.put(part('bucket'), withOwnLabels(tags, { le }), value <= limit ? weight : 0, now, true);
    }
    hasRoom &&= series.put(part('count'), tags, weight, now, true);
    return hasRoom && series.put(part('sum'), tags, value * weight, now, true);
  });
}
