/** Spans in OTLP's protobuf, by the field numbers of opentelemetry/proto/trace/v1. */
interface Pair {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string };
}

type Spans = readonly {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: readonly Pair[];
}[];

/** An export of one resource with these spans, as an SDK encodes it. */
export function protobufOf(spans: Spans, resourceOf: { readonly attributes: readonly Pair[] }): Buffer {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
  const field = (number: number, bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
  const fixed = (number: number, value: string): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return Buffer.concat([Buffer.from([number * 8 + 1]), bytes]);
  };
  const attribute = ({ key, value }: Pair): Buffer => {
    const inner =
      'stringValue' in value && value.stringValue !== undefined
        ? field(1, Buffer.from(value.stringValue))
        : Buffer.from([3 * 8, ...varint(Number((value as { intValue: string }).intValue))]);
    return Buffer.concat([field(1, Buffer.from(key)), field(2, inner)]);
  };
  const encoded = spans.map((span) =>
    field(
      2,
      Buffer.concat([
        field(1, Buffer.from(span.traceId, 'hex')),
        field(2, Buffer.from(span.spanId, 'hex')),
        field(4, Buffer.from(span.parentSpanId, 'hex')),
        fixed(7, span.startTimeUnixNano),
        fixed(8, span.endTimeUnixNano),
        ...span.attributes.map((pair) => field(9, attribute(pair))),
      ]),
    ),
  );
  const resource = field(1, Buffer.concat(resourceOf.attributes.map((pair) => field(1, attribute(pair)))));
  return field(1, Buffer.concat([resource, field(2, Buffer.concat(encoded))]));
}
