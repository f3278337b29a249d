/** Reads OTLP in protobuf by the field numbers of opentelemetry/proto/metrics/v1; unknown fields are passed over. */
import {
  type Attributes,
  deltaTemporality,
  type HistogramPoint,
  type NumberPoint,
  nanosecondsInMs,
  noRecordedValue,
  type OtlpData,
  type OtlpMetric,
  type SummaryPoint,
} from './otlp-model.ts';
import { type Field, fieldsOf } from './protobuf-fields.ts';

export function readOtlpProtobuf(body: Buffer): readonly OtlpMetric[] {
  const metrics: OtlpMetric[] = [];
  for (const field of fieldsOf(body)) if (field.number === 1) readResourceMetrics(field.bytes, metrics);
  return metrics;
}

function readResourceMetrics(message: Buffer, metrics: OtlpMetric[]): void {
  const resource: Record<string, string> = {};
  const scopes: Buffer[] = [];
  for (const field of fieldsOf(message)) {
    if (field.number === 1) {
      for (const inner of fieldsOf(field.bytes)) if (inner.number === 1) readAttribute(inner.bytes, resource);
    } else if (field.number === 2) scopes.push(field.bytes);
  }
  for (const scope of scopes)
    for (const field of fieldsOf(scope)) {
      if (field.number !== 2) continue;
      const metric = readMetric(field.bytes, resource);
      if (metric !== undefined) metrics.push(metric);
    }
}

function readMetric(message: Buffer, resource: Attributes): OtlpMetric | undefined {
  let name = '';
  let description = '';
  let unit = '';
  let data: OtlpData | undefined;
  for (const field of fieldsOf(message)) {
    if (field.number === 1) name = field.text();
    else if (field.number === 2) description = field.text();
    else if (field.number === 3) unit = field.text();
    else data = readData(field) ?? data;
  }
  return name === '' || data === undefined ? undefined : { resource, name, description, unit, data };
}

function readData(field: Field): OtlpData | undefined {
  const kind = { 5: 'gauge', 7: 'sum', 9: 'histogram', 10: 'exponential', 11: 'summary' }[field.number];
  if (kind === undefined) return undefined;
  const points: Buffer[] = [];
  let isDelta = false;
  let isMonotonic = false;
  for (const inner of fieldsOf(field.bytes)) {
    if (inner.number === 1) points.push(inner.bytes);
    else if (inner.number === 2) isDelta = inner.varint === deltaTemporality;
    else if (inner.number === 3) isMonotonic = inner.varint !== 0;
  }
  if (kind === 'gauge') return { kind, points: present(points.map(readNumberPoint)) };
  if (kind === 'sum') return { kind, points: present(points.map(readNumberPoint)), isDelta, isMonotonic };
  if (kind === 'summary') return { kind, points: present(points.map(readSummaryPoint)) };
  const read = kind === 'histogram' ? readHistogramPoint : readExponentialPoint;
  return { kind: 'histogram', points: present(points.map(read)), isDelta };
}

const present = <T>(points: readonly (T | undefined)[]): T[] => points.filter((point) => point !== undefined);

function readNumberPoint(message: Buffer): NumberPoint | undefined {
  const attributes: Record<string, string> = {};
  let startAt = 0;
  let at = 0;
  let value = Number.NaN;
  for (const field of fieldsOf(message)) {
    if (field.number === 7) readAttribute(field.bytes, attributes);
    else if (field.number === 2) startAt = field.fixed64() / nanosecondsInMs;
    else if (field.number === 3) at = field.fixed64() / nanosecondsInMs;
    else if (field.number === 4) value = field.double();
    else if (field.number === 6) value = field.signedFixed64();
    else if (field.number === 8 && field.varint & noRecordedValue) return undefined;
  }
  return { attributes, startAt, at, value };
}

function readHistogramPoint(message: Buffer): HistogramPoint | undefined {
  const attributes: Record<string, string> = {};
  let startAt = 0;
  let at = 0;
  let count = 0;
  let sum: number | undefined;
  const bounds: number[] = [];
  const buckets: number[] = [];
  for (const field of fieldsOf(message)) {
    if (field.number === 9) readAttribute(field.bytes, attributes);
    else if (field.number === 2) startAt = field.fixed64() / nanosecondsInMs;
    else if (field.number === 3) at = field.fixed64() / nanosecondsInMs;
    else if (field.number === 4) count = field.fixed64();
    else if (field.number === 5) sum = field.double();
    else if (field.number === 6) buckets.push(...field.packedFixed64());
    else if (field.number === 7) bounds.push(...field.packedDoubles());
    else if (field.number === 10 && field.varint & noRecordedValue) return undefined;
  }
  return { attributes, startAt, at, count, sum, bounds, buckets };
}

function readExponentialPoint(message: Buffer): HistogramPoint | undefined {
  const attributes: Record<string, string> = {};
  let startAt = 0;
  let at = 0;
  let count = 0;
  let sum: number | undefined;
  for (const field of fieldsOf(message)) {
    if (field.number === 1) readAttribute(field.bytes, attributes);
    else if (field.number === 2) startAt = field.fixed64() / nanosecondsInMs;
    else if (field.number === 3) at = field.fixed64() / nanosecondsInMs;
    else if (field.number === 4) count = field.fixed64();
    else if (field.number === 5) sum = field.double();
    else if (field.number === 10 && field.varint & noRecordedValue) return undefined;
  }
  return { attributes, startAt, at, count, sum, bounds: [], buckets: [] };
}

function readSummaryPoint(message: Buffer): SummaryPoint | undefined {
  const attributes: Record<string, string> = {};
  const quantiles: { quantile: number; value: number }[] = [];
  let count = 0;
  let sum = 0;
  for (const field of fieldsOf(message)) {
    if (field.number === 7) readAttribute(field.bytes, attributes);
    else if (field.number === 4) count = field.fixed64();
    else if (field.number === 5) sum = field.double();
    else if (field.number === 6) {
      let quantile = 0;
      let value = 0;
      for (const inner of fieldsOf(field.bytes)) {
        if (inner.number === 1) quantile = inner.double();
        else if (inner.number === 2) value = inner.double();
      }
      quantiles.push({ quantile, value });
    } else if (field.number === 8 && field.varint & noRecordedValue) return undefined;
  }
  return { attributes, count, sum, quantiles };
}

/** KeyValue; lists and maps make no label. */
export function readAttribute(message: Buffer, into: Record<string, string>): void {
  let key = '';
  let value: string | undefined;
  for (const field of fieldsOf(message)) {
    if (field.number === 1) key = field.text();
    else if (field.number === 2)
      for (const inner of fieldsOf(field.bytes)) {
        if (inner.number === 1) value = inner.text();
        else if (inner.number === 2) value = String(inner.varint !== 0);
        else if (inner.number === 3) value = String(inner.varint);
        else if (inner.number === 4) value = String(inner.double());
      }
  }
  if (value !== undefined) into[key] = value;
}
