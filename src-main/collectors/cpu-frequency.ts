/** How fast the processors run at the moment; slow, because asking wakes each core. */
import { cpus } from 'node:os';
import type { MetricDescription } from '../contract/metric.ts';
import { NoData, type Source } from '../sampling/source.ts';

const frequency: MetricDescription = {
  name: 'cpu_frequency_hertz',
  title: 'CPU frequency',
  help: 'Average of the present frequencies of all cores.',
  unit: 'hertz',
  kind: 'gauge',
  labels: [],
};

export const cpuFrequencyCollector = (): Source => ({
  id: 'cpu-frequency',
  title: 'CPU frequency',
  beat: 'lazy',
  timeoutMs: 5_000,
  metrics: [frequency],
  collect(sink) {
    const megahertz = cpus().map(({ speed }) => speed);
    const told = megahertz.filter((speed) => speed > 0);
    if (told.length === 0) throw new NoData('no-frequency', 'The system does not tell the frequency of its processors');
    sink.sample(frequency, Math.round((told.reduce((sum, speed) => sum + speed, 0) / told.length) * 1e6));
  },
});
