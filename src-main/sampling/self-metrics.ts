/** What sampling tells about itself: which source works, what it costs, whether the tick keeps time. */
import type { MetricDescription } from '../contract/metric.ts';

const perSource = { labels: ['source'] } as const;

export const sourceUp: MetricDescription = {
  name: 'source_up',
  title: { en: 'Source works', de: 'Quelle arbeitet' },
  whenTrue: { en: 'Source works again', de: 'Quelle arbeitet wieder' },
  whenFalse: { en: 'Source stops working', de: 'Quelle fällt aus' },
  help: {
    en: 'Whether the last collection of this source succeeded or truthfully had no data (1), or failed (0).',
    de: 'Ob die letzte Messung dieser Quelle gelang oder es wirklich nichts zu messen gab (1), oder fehlschlug (0).',
  },
  unit: 'boolean',
  kind: 'gauge',
  ...perSource,
};
export const sourceDuration: MetricDescription = {
  name: 'source_duration_seconds',
  title: { en: 'Collection time', de: 'Dauer einer Messung' },
  help: {
    en: 'How long the last collection of this source took.',
    de: 'Wie lange die letzte Messung dieser Quelle dauerte.',
  },
  unit: 'seconds',
  kind: 'gauge',
  ...perSource,
};
export const sourceBusy: MetricDescription = {
  name: 'source_busy_seconds_total',
  title: { en: 'Cost of a source', de: 'Kosten einer Quelle' },
  help: {
    en: 'Time for which this source has kept the sampling thread busy.',
    de: 'Zeit, in der diese Quelle die Messung beschäftigt hat.',
  },
  unit: 'seconds',
  kind: 'counter',
  ...perSource,
};
export const sourceErrors: MetricDescription = {
  name: 'source_errors_total',
  title: { en: 'Failed collections', de: 'Fehlgeschlagene Messungen' },
  help: {
    en: 'Collections of this source that failed or timed out.',
    de: 'Messungen dieser Quelle, die fehlschlugen oder zu lange dauerten.',
  },
  unit: 'count',
  kind: 'counter',
  ...perSource,
};
export const tickLateness: MetricDescription = {
  name: 'tick_lateness_seconds',
  title: { en: 'Tick lateness', de: 'Verspätung des Takts' },
  help: {
    en: 'How long after its second the last tick came.',
    de: 'Wie lange nach seiner Sekunde der letzte Takt kam.',
  },
  unit: 'seconds',
  kind: 'gauge',
  labels: [],
};
export const ticks: MetricDescription = {
  name: 'ticks_total',
  title: { en: 'Ticks', de: 'Takte' },
  help: { en: 'Ticks since the monitor started.', de: 'Takte seit dem Start des Monitors.' },
  unit: 'count',
  kind: 'counter',
  labels: [],
};
export const ticksLate: MetricDescription = {
  name: 'ticks_late_total',
  title: { en: 'Late ticks', de: 'Verspätete Takte' },
  help: {
    en: 'Ticks that came more than a tenth of a second after their time.',
    de: 'Takte, die mehr als eine Zehntelsekunde zu spät kamen.',
  },
  unit: 'count',
  kind: 'counter',
  labels: [],
};
export const ticksMissed: MetricDescription = {
  name: 'ticks_missed_total',
  title: { en: 'Missed ticks', de: 'Ausgefallene Takte' },
  help: {
    en: 'Seconds that had no tick while the monitor was not paused; each lies in a recorded gap.',
    de: 'Sekunden ohne Takt, obwohl der Monitor nicht pausiert war; jede liegt in einer verzeichneten Lücke.',
  },
  unit: 'count',
  kind: 'counter',
  labels: [],
};

export const selfMetrics: readonly MetricDescription[] = [
  sourceUp,
  sourceDuration,
  sourceBusy,
  sourceErrors,
  tickLateness,
  ticks,
  ticksLate,
  ticksMissed,
];
