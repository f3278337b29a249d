/** Reads an OTLP export of traces, JSON or protobuf, as far as usage is told in it. Throws where it is none. */
import { z } from 'zod';
import { attributes, number, parseOtlpJson } from '../otlp-json.ts';
import { errorStatus, nanosecondsInMs, type OtlpSpan } from '../otlp-model.ts';
import { readAttribute } from '../otlp-protobuf.ts';
import { fieldsOf } from '../protobuf-fields.ts';
import { isWanted } from './gen-ai-spans.ts';

const anyValue = z
  .object({ stringValue: z.string(), intValue: z.union([z.number(), z.string()]), doubleValue: number })
  .partial()
  .catch({});
/** What is not wanted is not kept, however long it is. */
const usageAttributes = z
  .array(z.object({ key: z.string(), value: z.unknown() }))
  .default([])
  .transform((pairs) => {
    const kept: Record<string, string> = {};
    for (const { key, value } of pairs) {
      if (!isWanted(key)) continue;
      const { stringValue, intValue, doubleValue } = anyValue.parse(value ?? {});
      const plain = stringValue ?? intValue ?? doubleValue;
      if (plain !== undefined) kept[key] = String(plain).slice(0, 500);
    }
    return kept;
  });
const id = z.string().max(100).default('');
const request = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes }).optional(),
        scopeSpans: z
          .array(
            z.object({
              spans: z
                .array(
                  z.object({
                    traceId: id,
                    spanId: id,
                    parentSpanId: id,
                    startTimeUnixNano: number.default(0),
                    endTimeUnixNano: number.default(0),
                    attributes: usageAttributes,
                    status: z.object({ code: z.union([z.number(), z.string()]).optional() }).optional(),
                  }),
                )
                .default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

export function readTracesJson(body: string): readonly OtlpSpan[] {
  return request.parse(parseOtlpJson(body)).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(
        (span): OtlpSpan => ({
          resource: resource?.attributes ?? {},
          traceId: span.traceId.toLowerCase(),
          spanId: span.spanId.toLowerCase(),
          parentId: span.parentSpanId.toLowerCase(),
          startAt: span.startTimeUnixNano / nanosecondsInMs,
          endAt: span.endTimeUnixNano / nanosecondsInMs,
          attributes: span.attributes,
          hasFailed: span.status?.code === errorStatus || span.status?.code === 'STATUS_CODE_ERROR',
        }),
      ),
    ),
  );
}

export function readTracesProtobuf(body: Buffer): readonly OtlpSpan[] {
  const spans: OtlpSpan[] = [];
  for (const field of fieldsOf(body)) {
    if (field.number !== 1) continue;
    const resource: Record<string, string> = {};
    const scopes: Buffer[] = [];
    for (const inner of fieldsOf(field.bytes))
      if (inner.number === 2) scopes.push(inner.bytes);
      else if (inner.number === 1)
        for (const pair of fieldsOf(inner.bytes)) if (pair.number === 1) readAttribute(pair.bytes, resource);
    for (const scope of scopes)
      for (const inner of fieldsOf(scope)) if (inner.number === 2) spans.push(readSpan(inner.bytes, resource));
  }
  return spans;
}

function readSpan(message: Buffer, resource: OtlpSpan['resource']): OtlpSpan {
  let [traceId, spanId, parentId, startAt, endAt, hasFailed] = ['', '', '', 0, 0, false];
  const kept: Record<string, string> = {};
  for (const field of fieldsOf(message)) {
    if (field.number === 1) traceId = field.bytes.toString('hex');
    else if (field.number === 2) spanId = field.bytes.toString('hex');
    else if (field.number === 4) parentId = field.bytes.toString('hex');
    else if (field.number === 7) startAt = field.fixed64() / nanosecondsInMs;
    else if (field.number === 8) endAt = field.fixed64() / nanosecondsInMs;
    else if (field.number === 9) {
      const pair: Record<string, string> = {};
      readAttribute(field.bytes, pair);
      for (const [key, value] of Object.entries(pair)) if (isWanted(key)) kept[key] = value.slice(0, 500);
    } else if (field.number === 15)
      for (const inner of fieldsOf(field.bytes)) if (inner.number === 3) hasFailed = inner.varint === errorStatus;
  }
  return { resource, traceId, spanId, parentId, startAt, endAt, attributes: kept, hasFailed };
}
