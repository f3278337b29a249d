/** Values second by second as batches, and rules with everything at its simplest. */
import type { Batch } from '../../src-main/contract/batch.ts';
import {
  type Labels,
  type MetricDescription,
  type Series,
  seriesKey,
  type Unit,
} from '../../src-main/contract/metric.ts';
import { type AlertRule, type AlertRuleInput, alertRuleSchema } from '../../src-main/contract/settings/alerts.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';

export const storyStart = Date.UTC(2026, 0, 1);

export const metricOf = (name: string, unit: Unit = 'count', labels: readonly string[] = []): MetricDescription => ({
  name,
  title: sameInEvery(name),
  help: sameInEvery(name),
  unit,
  kind: 'gauge',
  labels,
});

export const seriesOf = (metric: MetricDescription, labels: Labels = {}): Series => ({
  key: seriesKey(metric, labels),
  metric,
  labels,
});

/** null: nothing from this series in that second. */
export function batches(
  lines: readonly (readonly [metric: MetricDescription, labels: Labels, values: readonly (number | null)[]])[],
  everyMs = 1000,
): Batch[] {
  const length = Math.max(...lines.map(([, , values]) => values.length));
  const series = lines.map(([metric, labels]) => seriesOf(metric, labels));
  return Array.from({ length }, (_, index) => ({
    at: storyStart + index * everyMs,
    samples: lines.flatMap(([, , values], line) => {
      const value = values[index];
      return value === null || value === undefined ? [] : [{ series: series[line] as Series, value }];
    }),
    gaps: [],
  }));
}

/** No hold, no cool-down, no flap detection, critical above 90, unless said otherwise. */
export const rule = (changes: Partial<AlertRuleInput> & { readonly metric: string }): AlertRule =>
  alertRuleSchema.parse({
    id: 'the_rule',
    title: 'The rule',
    levels: { critical: { threshold: 90 } },
    holdSeconds: 0,
    coolDownSeconds: 0,
    detectFlapping: false,
    ...changes,
  });
