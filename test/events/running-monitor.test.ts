/** What applications do to a running monitor: the examples that the README shows, concurrent writers, a real OpenTelemetry SDK. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireDebian } from '../support/debian.ts';
import { eventually, type Headless, startHeadless } from '../support/headless.ts';

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
  const curl = requireDebian('curl', 'curl');
  const python = requireDebian('python3', 'python3');
  const why = (program: typeof curl): string => ('missing' in program ? ` (skipped: ${program.missing})` : '');
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

  it.skipIf('missing' in curl)(`works with curl${why(curl)}`, async () => {
    await counts('sh', 'report-events.sh', 2);
    expect(await metric('cache_hits_total')).toBe(1);
  });
  it.skipIf('missing' in python)(`works in Python${why(python)}`, () => counts('python3', 'report_events.py', 1));
  it('works in Node', () => counts(process.execPath, 'report-events.mjs', 1));
});

describe('a running monitor', () => {
  it('counts 500 events of five writers at once as 500', async () => {
    const before = await metric('cache_misses_total');
    const body = JSON.stringify(Array.from({ length: 10 }, () => ({ type: 'cache', hit: false })));
    const write = async (): Promise<void> => {
      for (let turn = 0; turn < 10; turn += 1) {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${monitor.api}/api/events`, { method: 'POST', headers, body });
        expect(answer.status).toBe(202);
      }
    };
    await Promise.all([write(), write(), write(), write(), write()]);
    await eventually(
      () => metric('cache_misses_total'),
      (value) => value >= before + 500,
    );
    expect(await metric('cache_misses_total')).toBe(before + 500);
  });

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
