/** Which of the causes that go on is behind an alert. Pure; none where it is not certain that they belong together. */
import type { CauseKind, ExplainedCause, ExplainedNow } from '../contract/explanation/explanation.ts';
import { type Labels, metricOfKey } from '../contract/metric.ts';

export interface AboutAlert {
  /** Series key that its rule looks at. */
  readonly series: string;
  readonly labels: Labels;
  readonly resource: 'cpu' | 'memory' | 'disk' | undefined;
}

/** A guess is not passed on as the reason of an alert. */
const sureEnough = 0.5;
/**
 * Load makes what is watched slow, so it is told for those as well; but only a measured slowness, not for what is gone.
 */
const slownessOfTarget = /(latency|response|query_time|duration)/;

const kindsByMetric: readonly (readonly [RegExp, CauseKind])[] = [
  [/^(system_cpu|cpu_|pressure_.*cpu)/, 'cpu'],
  [/^(system_memory|memory_|swap)/, 'memory'],
  [/^(disk_activity|system_disk_io|pressure_.*io)/, 'disk'],
  [/^network_/, 'network'],
  [/^temperature_/, 'thermal'],
  [/^(monitor_|tick_)/, 'monitor'],
];

export function causeForAlert({ causes }: ExplainedNow, about: AboutAlert): ExplainedCause | undefined {
  const metric = metricOfKey(about.series);
  // Without a name it says no more than the alert does.
  const sure = causes.filter(({ confidence, name }) => confidence >= sureEnough && name !== null);
  if (about.labels.target !== undefined)
    return slownessOfTarget.test(metric) ? sure.find(({ kind }) => kind === 'cpu' || kind === 'disk') : undefined;
  // About one program: whoever else is busy is not behind it.
  if (metric.startsWith('processes_')) return sure.find(({ name }) => name === about.labels.name);
  const kind = about.resource ?? kindsByMetric.find(([pattern]) => pattern.test(metric))?.[1];
  return sure.find((cause) => cause.kind === kind);
}
