/** How fast the processors run at the moment; slow, because asking wakes each core. */
import { cpus } from 'node:os';
import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { NoData, type Source } from '../sampling/source.ts';

const frequency: MetricDescription = {
  name: 'cpu_frequency_hertz',
  title: { en: 'CPU frequency', de: 'Takt der CPU' },
  help: {
    en: 'Average of the present frequencies of all cores.',
    de: 'Mittel der augenblicklichen Takte aller Kerne.',
  },
  unit: 'hertz',
  kind: 'gauge',
  labels: [],
};

const reasons = sentences('source.cpu-frequency', {
  'no-frequency': {
    en: 'The system does not report the frequency of its processors',
    de: 'Das System meldet den Takt seiner Prozessoren nicht',
  },
});

export const cpuFrequencyCollector = (): Source => ({
  id: 'cpu-frequency',
  title: { en: 'CPU frequency', de: 'Takt der CPU' },
  interval: 'lazy',
  timeoutMs: 5_000,
  reasons,
  metrics: [frequency],
  collect(sink) {
    const megahertz = cpus().map(({ speed }) => speed);
    const told = megahertz.filter((speed) => speed > 0);
    if (told.length === 0) throw new NoData(reasons['no-frequency']);
    sink.sample(frequency, Math.round((told.reduce((sum, speed) => sum + speed, 0) / told.length) * 1e6));
  },
});
