/**
 * The metrics that stay series: those that the ledger counts are not among them, and of the others about models the
 * attributes without end are dropped. Points that only those told apart fall together: steps add up, of cumulative
 * values the last one of an export stands, which is less than all sessions together.
 */
import type { NumberPoint, OtlpMetric } from '../otlp-model.ts';
import { tellsUsage } from './gen-ai-metrics.ts';
import { isAboutModels, isUnbounded } from './unbounded.ts';

export const withoutUsage = (metrics: readonly OtlpMetric[]): OtlpMetric[] =>
  metrics
    .filter(({ name }) => !tellsUsage(name))
    .map((metric) => (isAboutModels(metric.name) ? bounded(metric) : metric));

function bounded(metric: OtlpMetric): OtlpMetric {
  const keep = <P extends { readonly attributes: NumberPoint['attributes'] }>(point: P): P => ({
    ...point,
    attributes: Object.fromEntries(Object.entries(point.attributes).filter(([name]) => !isUnbounded(name))),
  });
  const { data } = metric;
  if (data.kind === 'gauge') return { ...metric, data: { ...data, points: data.points.map(keep) } };
  if (data.kind === 'sum') return { ...metric, data: { ...data, points: data.points.map(keep) } };
  if (data.kind === 'histogram') return { ...metric, data: { ...data, points: data.points.map(keep) } };
  return { ...metric, data: { ...data, points: data.points.map(keep) } };
}
