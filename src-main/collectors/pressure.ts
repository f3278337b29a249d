/** How long tasks had to wait for CPU, memory or disk: the kernel's own measure of "too much", Linux only. */

import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { HeldFile } from './readers/held-file.ts';
import { parsePressure } from './readers/pressure-figures.ts';
import { rounded } from './rounding.ts';

const waiting: MetricDescription = {
  name: 'pressure_waiting_ratio',
  title: { en: 'Waiting', de: 'Wartend' },
  help: {
    en: 'Share of the last ten seconds in which some task waited for this resource.',
    de: 'Anteil der letzten zehn Sekunden, in dem irgendeine Aufgabe darauf wartete.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: ['resource'],
};
const stalled: MetricDescription = {
  name: 'pressure_stalled_ratio',
  title: { en: 'Stalled', de: 'Stillstand' },
  help: {
    en: 'Share of the last ten seconds in which all tasks waited for this resource.',
    de: 'Anteil der letzten zehn Sekunden, in dem alle Aufgaben darauf warteten.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: ['resource'],
};
const total: MetricDescription = {
  name: 'pressure_waiting_seconds_total',
  title: { en: 'Time waited', de: 'Gewartete Zeit' },
  help: {
    en: 'Time since boot in which some task waited for this resource.',
    de: 'Zeit seit dem Start des Rechners, in der irgendeine Aufgabe darauf wartete.',
  },
  unit: 'seconds',
  kind: 'counter',
  labels: ['resource'],
};

const reasons = sentences('source.pressure', {
  'linux-only': { en: 'Only Linux measures pressure', de: 'Nur Linux misst den Druck' },
  'no-pressure': {
    en: 'This kernel does not measure pressure (PSI is off)',
    de: 'Dieser Kernel misst den Druck nicht (PSI ist aus)',
  },
});

export function pressureCollector({ platform, procRoot = '/proc' }: CollectorDeps): Source {
  const files = ['cpu', 'memory', 'io'].map((resource) => ({
    labels: { resource },
    file: new HeldFile(`${procRoot}/pressure/${resource}`, 512),
  }));
  return {
    id: 'pressure',
    title: { en: 'Pressure', de: 'Druck' },
    interval: 'slow',
    timeoutMs: 5_000,
    reasons,
    metrics: [waiting, stalled, total],
    collect(sink) {
      if (platform !== 'linux') throw new NoData(reasons['linux-only']);
      for (const { labels, file } of files) {
        const figures = parsePressure(readOrNothing(file));
        if (figures === undefined) throw new NoData(reasons['no-pressure']);
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
