/** How long tasks had to wait for CPU, memory or disk: the kernel's own measure of "too much", Linux only. */
import type { MetricDescription } from '../contract/metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { HeldFile } from './readers/held-file.ts';
import { parsePressure } from './readers/pressure-figures.ts';
import { rounded } from './rounding.ts';

const waiting: MetricDescription = {
  name: 'pressure_waiting_ratio',
  title: 'Waiting',
  help: 'Share of the last ten seconds in which some task waited for this resource.',
  unit: 'ratio',
  kind: 'gauge',
  labels: ['resource'],
};
const stalled: MetricDescription = {
  name: 'pressure_stalled_ratio',
  title: 'Stalled',
  help: 'Share of the last ten seconds in which all tasks waited for this resource.',
  unit: 'ratio',
  kind: 'gauge',
  labels: ['resource'],
};
const total: MetricDescription = {
  name: 'pressure_waiting_seconds_total',
  title: 'Time waited',
  help: 'Time since boot in which some task waited for this resource.',
  unit: 'seconds',
  kind: 'counter',
  labels: ['resource'],
};

export function pressureCollector({ platform, procRoot = '/proc' }: CollectorDeps): Source {
  const files = ['cpu', 'memory', 'io'].map((resource) => ({
    labels: { resource },
    file: new HeldFile(`${procRoot}/pressure/${resource}`, 512),
  }));
  return {
    id: 'pressure',
    title: 'Pressure',
    beat: 'slow',
    timeoutMs: 5_000,
    metrics: [waiting, stalled, total],
    collect(sink) {
      if (platform !== 'linux') throw new NoData('linux-only', 'Only Linux measures pressure');
      for (const { labels, file } of files) {
        const figures = parsePressure(readOrNothing(file));
        if (figures === undefined)
          throw new NoData('no-pressure', 'This kernel does not measure pressure (PSI is off)');
        sink.sample(waiting, rounded(figures.some, 4), labels);
        sink.sample(stalled, figures.full === undefined ? undefined : rounded(figures.full, 4), labels);
        sink.sample(total, rounded(figures.totalSeconds, 3), labels);
      }
    },
    close() {
      for (const { file } of files) file[Symbol.dispose]();
    },
  };
}

function readOrNothing(file: HeldFile): string {
  try {
    return file.read();
  } catch {
    return '';
  }
}
