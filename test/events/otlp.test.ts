import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createEventIntake, type EventIntake } from '../../src-main/events/event-intake.ts';
import type { Source } from '../../src-main/sampling/source.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { runOnce } from '../support/run-once.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** What any HTTP server does with the intake, without our own. */
async function listening(intake: EventIntake): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await intake.acceptOtlp(request.headers['content-type'] ?? '', Buffer.concat(chunks));
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`;
}

const seen = (intake: EventIntake) => runOnce(intake.sources[1] as Source);

describe.each([
  ['JSON', JsonExporter],
  ['protobuf', ProtobufExporter],
] as const)('a real OpenTelemetry SDK that exports %s', (_, Exporter) => {
  it.each([
    ['cumulative', AggregationTemporality.CUMULATIVE],
    ['delta', AggregationTemporality.DELTA],
  ] as const)('has its counters, gauges and histograms taken exactly (%s)', async (__, temporalityPreference) => {
    const intake = createEventIntake({ clock: new FakeClock() });
    const exporter = new Exporter({ url: await listening(intake), temporalityPreference });
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1_000_000 });
    const provider = new MeterProvider({
      resource: resourceFromAttributes({ 'service.name': 'kb' }),
      readers: [reader],
    });
    const meter = provider.getMeter('test');
    const requests = meter.createCounter('http.requests', { description: 'Requests.' });
    const sizes = meter.createUpDownCounter('queue.size', { unit: 'By' });
    const durations = meter.createHistogram('db.client.duration', {
      unit: 'ms',
      advice: { explicitBucketBoundaries: [10, 100] },
    });
    meter.createObservableGauge('temperature', { unit: 'Cel' }).addCallback((result) => result.observe(-21.5));
    requests.add(3, { route: '/a' });
    requests.add(1, { route: '/b' });
    sizes.add(100);
    durations.record(5);
    await provider.forceFlush();
    requests.add(4, { route: '/a' });
    sizes.add(-40);
    durations.record(50);
    durations.record(500);
    await provider.forceFlush();
    await provider.shutdown();
    expect(await seen(intake)).toMatchObject({
      'otlp_http_requests_total{route="/a",service="kb"}': 7,
      'otlp_http_requests_total{route="/b",service="kb"}': 1,
      'otlp_queue_size_bytes{service="kb"}': 60,
      'otlp_temperature_celsius{service="kb"}': -21.5,
      'otlp_db_client_duration_seconds_bucket{le="0.01",service="kb"}': 1,
      'otlp_db_client_duration_seconds_bucket{le="0.1",service="kb"}': 2,
      'otlp_db_client_duration_seconds_bucket{le="+Inf",service="kb"}': 3,
      'otlp_db_client_duration_seconds_count{service="kb"}': 3,
      'otlp_db_client_duration_seconds_sum{service="kb"}': 0.555,
    });
  });
});

describe('OTLP that is wrong', () => {
  it('is told so, in the encoding it came in', async () => {
    const intake = createEventIntake({ clock: new FakeClock() });
    expect((await intake.acceptOtlp('text/plain', Buffer.from('x'))).status).toBe(415);
    const json = await intake.acceptOtlp('application/json; charset=utf-8', Buffer.from('{"resourceMetrics": 7}'));
    expect(json.status).toBe(400);
    expect(JSON.parse(json.body.toString())).toHaveProperty('message');
    expect((await intake.acceptOtlp('application/x-protobuf', Buffer.from([0x0a, 0x7f, 0x01]))).status).toBe(400);
  });

  it('has its lies refused and the rest kept', async () => {
    const intake = createEventIntake({ clock: new FakeClock() });
    const metrics = [
      { name: 'good', gauge: { dataPoints: [{ asDouble: 1 }] } },
      { name: 'nan', gauge: { dataPoints: [{ asDouble: 'NaN' }] } },
      { name: 'shrinking', sum: { isMonotonic: true, aggregationTemporality: 1, dataPoints: [{ asInt: '-5' }] } },
      {
        name: 'crooked',
        histogram: { dataPoints: [{ count: '2', bucketCounts: ['1', '1', '1'], explicitBounds: [1] }] },
      },
    ];
    const body = Buffer.from(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }));
    const answer = await intake.acceptOtlp('application/json', body);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ partialSuccess: { rejectedDataPoints: '3' } });
    expect(await seen(intake)).toMatchObject({ otlp_good: 1, otlp_points_refused_total: 3 });
  });

  it('never brings more series than allowed', async () => {
    const intake = createEventIntake({ clock: new FakeClock(), maxOtlpSeries: 10 });
    const dataPoints = Array.from({ length: 100 }, (_, index) => ({
      asInt: index,
      attributes: [{ key: 'user', value: { intValue: index } }],
    }));
    const body = Buffer.from(
      JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm', gauge: { dataPoints } }] }] }] }),
    );
    const answer = await intake.acceptOtlp('application/json', body);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ partialSuccess: { rejectedDataPoints: '90' } });
    expect(Object.keys(await seen(intake)).filter((key) => key.startsWith('otlp_m'))).toHaveLength(10);
  });

  it('never throws, whatever the bytes', async () => {
    const intake = createEventIntake({ clock: new FakeClock() });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const { status } = await intake.acceptOtlp('application/x-protobuf', Buffer.from(bytes));
        expect([200, 400]).toContain(status);
      }),
    );
  });
});
