/** Since when the machine is up. */
import { uptime } from 'node:os';
import type { MetricDescription } from '../contract/metric.ts';
import type { Source } from '../sampling/source.ts';

const since: MetricDescription = {
  name: 'uptime_seconds',
  title: 'Machine running for',
  help: 'Time since the machine was started, sleep included.',
  unit: 'seconds',
  kind: 'gauge',
  labels: [],
};

export const uptimeCollector = (): Source => ({
  id: 'uptime',
  title: 'Uptime',
  beat: 'slow',
  timeoutMs: 5_000,
  metrics: [since],
  collect(sink) {
    sink.sample(since, Math.round(uptime()));
  },
});
