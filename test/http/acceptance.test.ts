/** What users of the old system rely on, asked of the real monitor. */
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type Headless, startHeadless } from '../support/headless.ts';
import { temporaryFolder } from '../support/temporary.ts';

let monitor: Headless;
const json = async (path: string): Promise<Record<string, unknown>> =>
  (await fetch(`${monitor.api}${path}`)).json() as Promise<Record<string, unknown>>;
const exposition = async (headers: Record<string, string> = {}): Promise<string> =>
  (await fetch(monitor.metrics, { headers })).text();

beforeAll(async () => {
  monitor = await startHeadless({ args: ['--demo'] });
  await eventually(
    () => json('/api/metrics'),
    (metrics) => metrics.avg_query_time !== null && metrics.system_cpu_percent !== null,
  );
});
afterAll(() => monitor.stop());

/** A request with headers that fetch would not let us set. */
function raw(options: {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  const { port } = new URL(monitor.api);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: options.path, method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        let body = '';
        response.on('data', (part) => {
          body += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

describe('what the old system answered', () => {
  it('tells its health with status, time and uptime', async () => {
    const response = await fetch(`${monitor.api}/api/health`);
    const body = (await response.json()) as { status: string; timestamp: string; uptime: number };
    expect(response.status).toBe(200);
    expect(['healthy', 'degraded']).toContain(body.status);
    expect(new Date(body.timestamp).toISOString()).toBe(body.timestamp);
    expect(body.uptime).toBeGreaterThan(0);
  });

  it('has every field of /api/metrics, a number or null', async () => {
    const metrics = await json('/api/metrics');
    const fields = [
      'uptime',
      'facts_count',
      'avg_query_time',
      'cache_hits',
      'cache_misses',
      'cache_hit_rate',
      'system_cpu_percent',
      'system_memory_percent',
      'system_disk_percent',
      'database_connections',
      'wal_size_bytes',
      'database_errors',
      'active_alerts',
      'health_score',
    ];
    for (const field of fields) expect(metrics[field] === null || typeof metrics[field] === 'number', field).toBe(true);
    expect(typeof metrics.timestamp).toBe('string');
  });

  it('tells the state of its services and the ports in use', async () => {
    const status = await json('/api/status');
    expect(status.services).toMatchObject({
      collector: 'running',
      store: 'storing',
      alerts: 'running',
      prometheus: 'running',
    });
    expect(status.ports).toEqual([
      { name: 'dashboard', wanted: 0, actual: Number(new URL(monitor.api).port) },
      { name: 'prometheus', wanted: 0, actual: Number(new URL(monitor.metrics).port) },
    ]);
  });

  it('shows the same numbers on both ports within one tick', async () => {
    const pairs = [
      ['hakgal_system_cpu_percent', 'system_cpu_percent'],
      ['hakgal_cache_hits_total', 'cache_hits'],
      ['hakgal_query_time_seconds', 'avg_query_time'],
    ] as const;
    // A tick may pass between two requests; then the next pair must agree.
    await eventually(
      async () => {
        const [text, metrics] = [await exposition(), await json('/api/metrics')];
        return pairs.map(([name, field]) => [
          Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]),
          metrics[field],
        ]);
      },
      (values) => values.every(([a, b]) => a === b),
      5_000,
    );
  });

  it('answers ten health requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(`${monitor.api}/api/health`)));
    expect(answers.map(({ status }) => status)).toEqual(new Array(10).fill(200));
  });

  it('counts what five writers report at once, each event exactly once', async () => {
    const counted = async (): Promise<number> =>
      Number(/^hakgal_query_type_queries_total\{[^}]*acceptance[^}]*\} (\d+)$/m.exec(await exposition())?.[1] ?? 0);
    const event = { type: 'query', duration: 0.01, query_type: 'acceptance', success: true };
    const write = async (): Promise<void> => {
      for (let batch = 0; batch < 10; batch += 1) {
        const response = await fetch(`${monitor.api}/api/events`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(new Array(10).fill(event)),
        });
        expect(response.status).toBe(202);
      }
    };
    await Promise.all(Array.from({ length: 5 }, write));
    expect(await eventually(counted, (count) => count >= 500)).toBe(500);
  });

  it('keeps the good events of a batch and says what was wrong with the others', async () => {
    const good = { type: 'cache', hit: true };
    const response = await fetch(`${monitor.api}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([good, { type: 'nonsense' }, good]),
    });
    expect(await response.json()).toMatchObject({ accepted: 2, rejected: [{ index: 1, reason: expect.any(String) }] });
  });
});

describe('Prometheus text', () => {
  it('is compressed for those who can read it', async () => {
    const { port } = new URL(monitor.metrics);
    const parts: Buffer[] = [];
    const sent = request({ host: '127.0.0.1', port, path: '/metrics', headers: { 'accept-encoding': 'gzip' } });
    sent.end();
    const [response] = await once(sent, 'response');
    for await (const part of response) parts.push(part);
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(Buffer.concat(parts)).toString()).toContain('# TYPE hakgal_system_cpu_percent gauge');
  });

  it('comes as OpenMetrics where asked for', async () => {
    const response = await fetch(monitor.metrics, {
      headers: { accept: 'application/openmetrics-text; version=1.0.0' },
    });
    expect(response.headers.get('content-type')).toContain('application/openmetrics-text; version=1.0.0');
    expect((await response.text()).endsWith('# EOF\n')).toBe(true);
  });
});

describe('bad requests', () => {
  it.each([
    ['a foreign host', { path: '/api/health', headers: { host: 'evil.example' } }, 403],
    ['a page of another origin', { path: '/api/health', headers: { origin: 'http://evil.example' } }, 403],
    ['a wrong method', { path: '/api/health', method: 'DELETE' }, 405],
    ['an unknown address', { path: '/api/nonsense' }, 404],
    ['a path that climbs', { path: '/../../../etc/passwd' }, 404],
    ['an encoded path that climbs', { path: '/%2e%2e/%2e%2e/etc/passwd' }, 404],
    [
      'events that are not JSON',
      { path: '/api/events', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' },
      400,
    ],
    [
      'events of a form',
      { path: '/api/events', method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' },
      415,
    ],
    [
      'a body that is too large',
      {
        path: '/api/events',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: ' '.repeat(2_100_000),
      },
      413,
    ],
    [
      'a procedure without the token',
      { path: '/rpc/monitor/about', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
      401,
    ],
    ['headers that are too large', { path: '/api/health', headers: { 'x-large': 'x'.repeat(20_000) } }, 431],
  ] as const)('%s is refused in words', async (_, options, status) => {
    const answer = await raw(options as Parameters<typeof raw>[0]).catch((error: NodeJS.ErrnoException) => ({
      status: error.code === 'EPIPE' || error.code === 'ECONNRESET' ? status : 0,
      body: '',
    }));
    expect(answer.status).toBe(status);
  });

  it('gives the typed error of a procedure for wrong input', async () => {
    const response = await fetch(`${monitor.api}/rpc/live/recent`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${monitor.token}` },
      body: JSON.stringify({ json: { select: [] } }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      json: { code: 'BAD_REQUEST', data: { issues: [{ path: ['select'] }] } },
    });
  });

  it('signs a browser in by the printed address, which holds no token', async () => {
    const address = new URL(monitor.printed);
    expect(monitor.printed).not.toContain(monitor.token);
    expect((await fetch(address)).headers.get('set-cookie')).toBeNull();
    const code = address.searchParams.get('sign-in');
    const response = await fetch(`${monitor.api}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    expect(response.status).toBe(201);
    const { session } = (await response.json()) as { session: string };
    const about = await fetch(`${monitor.api}/rpc/monitor/about`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
      body: '{}',
    });
    expect(about.status).toBe(200);
  });

  it.runIf(process.platform !== 'win32')('keeps token and history from other users', async () => {
    expect(statSync(join(monitor.dataDir, 'token')).mode & 0o777).toBe(0o600);
    const dataDir = join(temporaryFolder(), 'made');
    const fresh = await startHeadless({ dataDir });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    await fresh.stop();
  });
});
