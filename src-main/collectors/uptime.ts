/** Since when the machine is up. */
import { uptime } from 'node:os';
import type { MetricDescription } from '../contract/metric.ts';
import type { Source } from '../sampling/source.ts';

const since: MetricDescription = {
  name: 'uptime_seconds',
  title: { en: 'Machine running for', de: 'Laufzeit des Rechners' },
  help: {
    en: 'Time since the machine was started, sleep included.',
    de: 'Zeit seit dem Start des Rechners, Ruhezustand eingeschlossen.',
  },
  unit: 'seconds',
  kind: 'gauge',
  labels: [],
};

export const uptimeCollector = (): Source => ({
  id: 'uptime',
  title: { en: 'Uptime', de: 'Laufzeit' },
  interval: 'slow',
  timeoutMs: 5_000,
  metrics: [since],
  collect(sink) {
    sink.sample(since, Math.round(uptime()));
  },
});
