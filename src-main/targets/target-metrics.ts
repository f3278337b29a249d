/** What every target tells, whatever its kind. */
import type { MetricDescription } from '../contract/metric.ts';
import { counters, gauges } from '../sampling/describe-metric.ts';

export const targetUp: MetricDescription = {
  name: 'target_up',
  title: 'Target is well',
  help: 'Whether this target answered as it should (1) or not (0); absent while that could not be found out.',
  unit: 'boolean',
  kind: 'gauge',
  labels: ['target', 'kind'],
};
export const targetProblem: MetricDescription = {
  name: 'target_problem',
  title: 'Problem of a target',
  help: 'What is the matter with this target, in its label; the value is always 1.',
  unit: 'boolean',
  kind: 'gauge',
  labels: ['target', 'kind', 'problem'],
  isInfo: true,
};
export const targetDuration: MetricDescription = {
  name: 'target_check_seconds',
  title: 'Check of a target',
  help: 'How long the last look at this target took.',
  unit: 'seconds',
  kind: 'gauge',
  labels: ['target', 'kind'],
};

export const commonTargetMetrics: readonly MetricDescription[] = [targetUp, targetProblem, targetDuration];

export const targetGauge = gauges('target');
export const targetCounter = counters('target');
