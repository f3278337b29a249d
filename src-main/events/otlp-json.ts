/**
 * Reads OTLP/JSON: protobuf's JSON mapping with lowerCamelCase names, where 64-bit integers are text. Throws a ZodError
 * on other shapes.
 */
import { z } from 'zod';
import {
  type Attributes,
  deltaTemporality,
  nanosecondsInMs,
  noRecordedValue,
  type OtlpData,
  type OtlpMetric,
  type PointTimes,
} from './otlp-model.ts';

export const number = z.union([
  z.number(),
  z
    .string()
    .max(40)
    .transform((text, context) => {
      const value = Number(text);
      if (text.trim() === '' || (Number.isNaN(value) && text !== 'NaN')) context.addIssue(`"${text}" is not a number`);
      return value;
    }),
]);
const anyValue = z
  .object({
    stringValue: z.string().optional(),
    boolValue: z.boolean().optional(),
    intValue: z.union([z.number(), z.string()]).optional(),
    doubleValue: number.optional(),
    bytesValue: z.string().optional(),
    arrayValue: z.unknown().optional(),
    kvlistValue: z.unknown().optional(),
  })
  .catch({});
export const attributes = z
  .array(z.object({ key: z.string(), value: anyValue.optional() }))
  .max(1_000)
  .default([])
  .transform((pairs): Attributes => {
    const result: Record<string, string> = {};
    for (const { key, value } of pairs) {
      const plain = value?.stringValue ?? value?.boolValue ?? value?.intValue ?? value?.doubleValue;
      // Lists and maps tell series apart, too.
      const nested = value?.bytesValue ?? value?.arrayValue ?? value?.kvlistValue;
      if (plain === undefined && nested !== undefined)
        result[key] = typeof nested === 'string' ? nested : JSON.stringify(nested);
      if (plain !== undefined) result[key] = String(plain);
    }
    return result;
  });

const flags = number.default(0);
const times = { startTimeUnixNano: number.default(0), timeUnixNano: number.default(0) };
const numberPoint = z.object({ attributes, flags, ...times, asDouble: number.optional(), asInt: number.optional() });
const histogramPoint = z.object({
  attributes,
  flags,
  ...times,
  count: number.default(0),
  sum: number.optional(),
  explicitBounds: z.array(number).max(500).default([]),
  bucketCounts: z.array(number).max(501).default([]),
});
const summaryPoint = z.object({
  attributes,
  flags,
  count: number.default(0),
  sum: number.default(0),
  quantileValues: z
    .array(z.object({ quantile: number.default(0), value: number.default(0) }))
    .max(100)
    .default([]),
});
/** Some encoders write enums by name. */
const temporality = z
  .union([z.number(), z.string()])
  .default(0)
  .transform((value) => value === deltaTemporality || value === 'AGGREGATION_TEMPORALITY_DELTA');
const points = <T extends z.ZodType>(point: T) => z.array(point).default([]);

const metric = z.object({
  name: z.string().min(1).max(500),
  description: z.string().default(''),
  unit: z.string().default(''),
  gauge: z.object({ dataPoints: points(numberPoint) }).optional(),
  sum: z
    .object({
      dataPoints: points(numberPoint),
      aggregationTemporality: temporality,
      isMonotonic: z.boolean().default(false),
    })
    .optional(),
  histogram: z.object({ dataPoints: points(histogramPoint), aggregationTemporality: temporality }).optional(),
  exponentialHistogram: z
    .object({ dataPoints: points(histogramPoint), aggregationTemporality: temporality })
    .optional(),
  summary: z.object({ dataPoints: points(summaryPoint) }).optional(),
});

const request = z.object({
  resourceMetrics: z
    .array(
      z.object({
        resource: z.object({ attributes }).optional(),
        scopeMetrics: z.array(z.object({ metrics: z.array(metric).default([]) })).default([]),
      }),
    )
    .default([]),
});

/** To protobuf's JSON, null is a field that was not set. */
const nullIsAbsent = (_: string, value: unknown): unknown => (value === null ? undefined : value);
export const parseOtlpJson = (body: string): unknown => JSON.parse(body.replace(/^\ufeff/, ''), nullIsAbsent);

const hasValue = ({ flags: bits }: { flags: number }): boolean => (bits & noRecordedValue) === 0;

export function readOtlpJson(body: string): readonly OtlpMetric[] {
  const metrics: OtlpMetric[] = [];
  for (const { resource, scopeMetrics } of request.parse(parseOtlpJson(body)).resourceMetrics)
    for (const scope of scopeMetrics)
      for (const one of scope.metrics) {
        const data = dataOf(one);
        const { name, description, unit } = one;
        if (data !== undefined) metrics.push({ resource: resource?.attributes ?? {}, name, description, unit, data });
      }
  return metrics;
}

const timesOf = (point: { startTimeUnixNano: number; timeUnixNano: number }): PointTimes => ({
  startAt: point.startTimeUnixNano / nanosecondsInMs,
  at: point.timeUnixNano / nanosecondsInMs,
});

function dataOf(one: z.output<typeof metric>): OtlpData | undefined {
  const numbers = (list: readonly z.output<typeof numberPoint>[]) =>
    list.filter(hasValue).map((point) => ({
      attributes: point.attributes,
      ...timesOf(point),
      value: point.asDouble ?? point.asInt ?? Number.NaN,
    }));
  if (one.gauge) return { kind: 'gauge', points: numbers(one.gauge.dataPoints) };
  if (one.sum) {
    const { dataPoints, isMonotonic, aggregationTemporality: isDelta } = one.sum;
    return { kind: 'sum', points: numbers(dataPoints), isMonotonic, isDelta };
  }
  const histogram = one.histogram ?? one.exponentialHistogram;
  if (histogram)
    return {
      kind: 'histogram',
      isDelta: histogram.aggregationTemporality,
      points: histogram.dataPoints.filter(hasValue).map((point) => ({
        attributes: point.attributes,
        ...timesOf(point),
        count: point.count,
        sum: point.sum,
        bounds: point.explicitBounds,
        buckets: point.bucketCounts,
      })),
    };
  if (one.summary)
    return {
      kind: 'summary',
      points: one.summary.dataPoints.filter(hasValue).map((point) => ({
        attributes: point.attributes,
        count: point.count,
        sum: point.sum,
        quantiles: point.quantileValues,
      })),
    };
  return undefined;
}
