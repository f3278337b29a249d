/**
 * What applications do to a running monitor: the examples that the README shows, concurrent writers, a real
 * OpenTelemetry SDK.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type Headless, startHeadless } from '../support/headless.ts';
import { requireDebian } from '../support/peers/debian.ts';

const run = promisify(execFile);
let monitor: Headless;
beforeAll(async () => {
  monitor = await startHeadless();
});
afterAll(() => monitor?.stop());

const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(monitor.metrics)).text();
  return Number(new RegExp(`^hakgal_${name} (\\S+)$`, 'm').exec(text)?.[1]);
};

describe('an example for reporting events', () => {
  let queries = 0;

  const counts = async (program: string, file: string, accepted: number): Promise<void> => {
    const { stdout } = await run(program, [`resources/examples/${file}`], {
      env: { ...process.env, HAKGAL: monitor.api },
    });
    expect(stdout.replaceAll("'", '"')).toMatch(new RegExp(`"accepted": ?${accepted}`));
    queries += 1;
    await eventually(
      () => metric('queries_total'),
      (value) => value === queries,
    );
  };

  it('works with curl', async (context) => {
    const curl = requireDebian('curl', 'curl');
    if ('missing' in curl) return context.skip(curl.missing);
    await counts('sh', 'report-events.sh', 2);
    expect(await metric('cache_hits_total')).toBe(1);
  });
  it('works in Python', async (context) => {
    const python = requireDebian('python3', 'python3');
    if ('missing' in python) return context.skip(python.missing);
    await counts(python.path, 'report_events.py', 1);
  });
  it('works in Node', () => counts(process.execPath, 'report-events.mjs', 1));
});

describe('a running monitor', () => {
  const eventsEach = process.env.HAKGAL_LONG === undefined ? 2_000 : 100_000;
  it(`counts each of 5 × ${eventsEach} events of five writers at once exactly once, whatever they send again`, async () => {
    const before = await metric('cache_misses_total');
    const batch = 500;
    const send = async (body: string): Promise<void> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${monitor.api}/api/events`, { method: 'POST', headers, body });
      if (answer.status === 202)
        expect(await answer.json()).toMatchObject({ accepted: expect.any(Number), rejected: [] });
      else {
        expect(answer.status).toBe(429);
        await new Promise((resolve) => setTimeout(resolve, Number(answer.headers.get('retry-after')) * 1_000));
        await send(body);
      }
    };
    const write = async (writer: number): Promise<void> => {
      for (let sent = 0; sent < eventsEach; sent += batch) {
        const events = Array.from({ length: batch }, (_, index) => ({
          type: 'cache',
          hit: false,
          id: `${writer}-${sent + index}`,
        }));
        await send(JSON.stringify(events));
        // The answer was lost on its way, as far as this writer knows.
        if (sent % (4 * batch) === 0) await send(JSON.stringify(events));
      }
    };
    await Promise.all([0, 1, 2, 3, 4].map(write));
    await eventually(
      () => metric('cache_misses_total'),
      (value) => value >= before + 5 * eventsEach,
    );
    expect(await metric('cache_misses_total')).toBe(before + 5 * eventsEach);
  }, 300_000);

  it('takes the metrics of any OpenTelemetry SDK that one variable points at it', async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = monitor.api;
    try {
      const reader = new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter(),
        exportIntervalMillis: 1e6,
      });
      const provider = new MeterProvider({ readers: [reader] });
      provider.getMeter('test').createCounter('jobs').add(3);
      await provider.forceFlush();
      await provider.shutdown();
    } finally {
      delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    }
    const text = await eventually(
      async () => (await fetch(monitor.metrics)).text(),
      (page) => page.includes('hakgal_otlp_jobs_total'),
    );
    expect(text).toMatch(/^hakgal_otlp_jobs_total\{.*\} 3$/m);
  });
});
