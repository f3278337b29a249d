/** What sampling tells about itself: which source works, what it costs, whether the tick keeps time. */
import type { MetricDescription } from '../contract/metric.ts';

const perSource = { labels: ['source'] } as const;

export const sourceUp: MetricDescription = {
  name: 'source_up',
  title: 'Source works',
  help: 'Whether the last collection of this source succeeded or truthfully had no data (1), or failed (0).',
  unit: 'boolean',
  kind: 'gauge',
  ...perSource,
};
export const sourceDuration: MetricDescription = {
  name: 'source_duration_seconds',
  title: 'Collection time',
  help: 'How long the last collection of this source took.',
  unit: 'seconds',
  kind: 'gauge',
  ...perSource,
};
export const sourceBusy: MetricDescription = {
  name: 'source_busy_seconds_total',
  title: 'Cost of a source',
  help: 'Time for which this source has kept the sampling thread busy.',
  unit: 'seconds',
  kind: 'counter',
  ...perSource,
};
export const sourceErrors: MetricDescription = {
  name: 'source_errors_total',
  title: 'Failed collections',
  help: 'Collections of this source that failed or timed out.',
  unit: 'count',
  kind: 'counter',
  ...perSource,
};
export const tickLateness: MetricDescription = {
  name: 'tick_lateness_seconds',
  title: 'Tick lateness',
  help: 'How long after its second the last tick came.',
  unit: 'seconds',
  kind: 'gauge',
  labels: [],
};
export const ticks: MetricDescription = {
  name: 'ticks_total',
  title: 'Ticks',
  help: 'Ticks since the monitor started.',
  unit: 'count',
  kind: 'counter',
  labels: [],
};
export const ticksLate: MetricDescription = {
  name: 'ticks_late_total',
  title: 'Late ticks',
  help: 'Ticks that came more than a tenth of a second after their time.',
  unit: 'count',
  kind: 'counter',
  labels: [],
};
export const ticksMissed: MetricDescription = {
  name: 'ticks_missed_total',
  title: 'Missed ticks',
  help: 'Seconds that had no tick while the monitor was not paused; each lies in a recorded gap.',
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
