/** Turns an OTLP export into series with names and base units of Prometheus. Pure but for the series it writes to. */
import type { Unit } from '../contract/metric.ts';
import type { ExternalMetric, ExternalSeries } from '../sampling/external-series.ts';
import { safeName, withOwnLabels } from '../sampling/external-series.ts';
import type { Attributes, HistogramPoint, OtlpMetric } from './otlp-model.ts';

interface BaseUnit {
  readonly unit: Unit;
  /** Ends the name, unless it does so already. */
  readonly suffix: string;
  readonly factor: number;
}

/** UCUM codes that programs use, in base units. */
const units: Readonly<Record<string, BaseUnit>> = {
  ns: { unit: 'seconds', suffix: 'seconds', factor: 1e-9 },
  us: { unit: 'seconds', suffix: 'seconds', factor: 1e-6 },
  ms: { unit: 'seconds', suffix: 'seconds', factor: 1e-3 },
  s: { unit: 'seconds', suffix: 'seconds', factor: 1 },
  min: { unit: 'seconds', suffix: 'seconds', factor: 60 },
  h: { unit: 'seconds', suffix: 'seconds', factor: 3_600 },
  By: { unit: 'bytes', suffix: 'bytes', factor: 1 },
  KiBy: { unit: 'bytes', suffix: 'bytes', factor: 1_024 },
  MiBy: { unit: 'bytes', suffix: 'bytes', factor: 1_048_576 },
  GiBy: { unit: 'bytes', suffix: 'bytes', factor: 1_073_741_824 },
  '%': { unit: 'ratio', suffix: 'ratio', factor: 0.01 },
  Cel: { unit: 'celsius', suffix: 'celsius', factor: 1 },
  Hz: { unit: 'hertz', suffix: 'hertz', factor: 1 },
};
const noUnit: BaseUnit = { unit: 'count', suffix: '', factor: 1 };

/** @returns how many data points found no room or made no sense */
export function putOtlp(metrics: readonly OtlpMetric[], series: ExternalSeries, now: number): number {
  let refused = 0;
  for (const metric of metrics) {
    const isCounter = metric.data.kind === 'sum' && metric.data.isMonotonic;
    const base =
      metric.unit === '1' && metric.data.kind === 'gauge'
        ? { unit: 'ratio' as const, suffix: 'ratio', factor: 1 }
        : (units[metric.unit] ?? noUnit);
    const stem = nameWith(`otlp_${safeName(metric.name).replace(/_total$/, '')}`, base.suffix);
    const external = (kind: 'gauge' | 'counter', name: string, unit: Unit = base.unit): ExternalMetric => ({
      name,
      original: `${metric.name} ${metric.unit}`,
      help: metric.description.slice(0, 500),
      unit,
      kind,
    });
    const put = (description: ExternalMetric, labels: Attributes, value: number, isDelta = false): void => {
      if (!Number.isFinite(value) || !series.put(description, labels, value, now, isDelta)) refused += 1;
    };
    const { data } = metric;
    if (data.kind === 'gauge' || data.kind === 'sum') {
      const description = external(isCounter ? 'counter' : 'gauge', isCounter ? `${stem}_total` : stem);
      const isDelta = data.kind === 'sum' && data.isDelta;
      for (const { attributes, value } of data.points) {
        // A negative step of something that only grows is a lie.
        if (isCounter && value < 0) refused += 1;
        else put(description, labelsOf(metric, attributes), value * base.factor, isDelta);
      }
    } else if (data.kind === 'histogram') {
      for (const point of data.points) {
        if (!isConsistent(point)) {
          refused += 1;
          continue;
        }
        const labels = labelsOf(metric, point.attributes);
        const part = (suffix: string, unit: Unit): ExternalMetric => ({
          ...external('counter', `${stem}_${suffix}`, unit),
          histogram: stem,
        });
        let below = 0;
        for (const [index, count] of point.buckets.entries()) {
          below += count;
          const bound = point.bounds[index];
          const le = bound === undefined ? '+Inf' : String(bound * base.factor);
          put(part('bucket', 'count'), withOwnLabels(labels, { le }), below, data.isDelta);
        }
        if (point.buckets.length === 0)
          put(part('bucket', 'count'), withOwnLabels(labels, { le: '+Inf' }), point.count, data.isDelta);
        put(part('count', 'count'), labels, point.count, data.isDelta);
        put(part('sum', base.unit), labels, (point.sum ?? 0) * base.factor, data.isDelta);
      }
    } else {
      for (const { attributes, quantiles } of data.points)
        for (const { quantile, value } of quantiles)
          put(
            external('gauge', stem),
            withOwnLabels(labelsOf(metric, attributes), { quantile: String(quantile) }),
            value * base.factor,
          );
    }
  }
  return refused;
}

const nameWith = (name: string, suffix: string): string =>
  suffix === '' || name.endsWith(`_${suffix}`) ? name : `${name}_${suffix}`;

const isConsistent = ({ count, buckets, bounds }: HistogramPoint): boolean =>
  count >= 0 &&
  buckets.every((bucket) => bucket >= 0) &&
  (buckets.length === 0 || buckets.length === bounds.length + 1);

/** What tells processes apart whose SDK sets no `service.instance.id`, workers of one service above all. */
const identifying = ['k8s.pod.uid', 'k8s.pod.name', 'container.id', 'host.id', 'host.name', 'process.pid'];

function labelsOf({ resource }: OtlpMetric, attributes: Attributes): Attributes {
  const labels: Record<string, string> = {};
  const { 'service.name': service, 'service.namespace': namespace } = resource;
  if (service !== undefined) labels.service = service;
  if (namespace !== undefined) labels.service_namespace = namespace;
  // Two processes of one service count apart.
  const known = identifying.flatMap((name) => resource[name] ?? []);
  const instance = resource['service.instance.id'] ?? (known.length === 0 ? undefined : known.join('/'));
  if (instance !== undefined) labels.instance = instance;
  return withOwnLabels(attributes, labels);
}
