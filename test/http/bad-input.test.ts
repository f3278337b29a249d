import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type Served, serve } from './support/servers.ts';
import { head, talk } from './support/talk.ts';

let served: Served | undefined;
async function start(options: Parameters<typeof serve>[0] = {}): Promise<Served> {
  served = await serve(options);
  return served;
}
afterEach(() => {
  // Whatever was sent, no route may have thrown; and the next client is answered as ever.
  expect(served?.errors ?? []).toEqual([]);
  served = undefined;
});

const hostOf = (port: number): string => `Host: 127.0.0.1:${port}`;
const json = { 'content-type': 'application/json' };

describe('what is no request', () => {
  it.each([
    ['bytes of another protocol', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01])],
    ['a line without end', `GET /${'a'.repeat(20_000)}`],
    ['a header without a name', head('GET / HTTP/1.1', ': value')],
    ['a version from nowhere', head('GET / HTTP/9.9')],
    ['a length that is no number', head('POST /api/events HTTP/1.1', 'Host: x', 'Content-Length: many')],
    [
      'two lengths, as in request smuggling',
      head('POST /api/events HTTP/1.1', 'Host: x', 'Content-Length: 2', 'Content-Length: 3'),
    ],
    [
      'a length beside chunks, as in request smuggling',
      head('POST /api/events HTTP/1.1', 'Host: x', 'Content-Length: 2', 'Transfer-Encoding: chunked'),
    ],
    ['a request without a host', head('GET /api/health HTTP/1.1')],
  ])('%s is refused and the connection ended', async (_, bytes) => {
    const { dashboardPort, api } = await start();
    const { status } = await talk(dashboardPort, bytes);
    expect(status === 400 || status === 431).toBe(true);
    expect((await fetch(`${api}/api/health`)).status).toBe(200);
  });

  it('headers beyond their size are named as the reason', async () => {
    const { dashboardPort } = await start();
    const { status, text } = await talk(
      dashboardPort,
      head('GET /api/health HTTP/1.1', hostOf(dashboardPort), `X-Large: ${'x'.repeat(20_000)}`),
    );
    expect(status).toBe(431);
    expect(text).toContain('The headers are too large.');
  });
});

describe('names and pages of others', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1:PORT@evil.example',
    '127.0.0.1.evil.example:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '0.0.0.0:PORT',
    '2130706433:PORT',
    'localhost.:PORT',
  ])('a name that was rebound to loopback ("%s") reaches neither server', async (host) => {
    const { dashboardPort, prometheusPort } = await start();
    for (const [port, path] of [
      [dashboardPort, '/api/metrics'],
      [dashboardPort, '/'],
      [prometheusPort, '/metrics'],
    ] as const) {
      const named = host.replace('PORT', String(port));
      const { status } = await talk(port, head(`GET ${path} HTTP/1.1`, `Host: ${named}`, 'Connection: close'));
      expect(status).toBe(403);
    }
  });

  it('an address with a foreign host in the request line is refused, whatever its Host header says', async () => {
    const { dashboardPort } = await start();
    const line = 'GET http://evil.example/api/health HTTP/1.1';
    expect((await talk(dashboardPort, head(line, 'Host: evil.example', 'Connection: close'))).status).toBe(403);
    expect((await talk(dashboardPort, head(line, hostOf(dashboardPort), 'Connection: close'))).status).toBe(400);
  });

  it('no answer ever allows another origin to read it', async () => {
    const { api, metrics } = await start();
    for (const url of [`${api}/api/health`, `${api}/api/metrics`, `${api}/nothing`, metrics])
      for (const origin of [undefined, 'http://evil.example', 'null']) {
        const response = await fetch(url, { headers: origin === undefined ? {} : { origin } });
        expect(response.headers.get('access-control-allow-origin')).toBeNull();
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
        if (origin !== undefined) expect(response.status).toBe(403);
      }
  });

  it('a preflight of another origin is refused', async () => {
    const { api } = await start();
    const response = await fetch(`${api}/api/events`, {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(403);
  });
});

describe('bodies', () => {
  it('one that says it is too large is refused before it is read', async () => {
    const { api } = await start();
    const response = await fetch(`${api}/api/events`, { method: 'POST', headers: json, body: ' '.repeat(3_000_000) });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ error: expect.stringContaining('larger than 2 MB') });
  });

  it('one in chunks that never says how large it is gets the same answer at the limit', async () => {
    const { dashboardPort } = await start();
    const chunk = Buffer.alloc(500_000, 0x20);
    const chunks = Array.from({ length: 8 }, () => [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n']).flat();
    const { status, text } = await talk(
      dashboardPort,
      head(
        'POST /api/events HTTP/1.1',
        hostOf(dashboardPort),
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
      ),
      ...chunks,
      '0\r\n\r\n',
    );
    expect(status).toBe(413);
    expect(text).toContain('larger than 2 MB');
  });

  it('one that goes on for ever is cut off', async () => {
    const { dashboardPort, api } = await start();
    const chunk = Buffer.alloc(1_000_000, 0x20);
    const chunks = Array.from({ length: 40 }, () => [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n']).flat();
    // Without its last chunk the request has no end: only the server can end this.
    await talk(
      dashboardPort,
      head('POST /nothing HTTP/1.1', hostOf(dashboardPort), 'Transfer-Encoding: chunked'),
      ...chunks,
    );
    expect((await fetch(`${api}/api/health`)).status).toBe(200);
  });

  it('one that nobody asked for does no harm', async () => {
    const { dashboardPort } = await start();
    const { status } = await talk(
      dashboardPort,
      head('GET /api/health HTTP/1.1', hostOf(dashboardPort), 'Content-Length: 5', 'Connection: close'),
      'hello',
    );
    expect(status).toBe(200);
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"type":"query"'],
    ['a text with a byte that is no UTF-8', Buffer.from([0x22, 0xff, 0xfe])],
    ['NaN, which JSON does not have', '{"type":"query","duration":NaN}'],
  ])('%s is no JSON, and is told so', async (_, body) => {
    const { api } = await start();
    const response = await fetch(`${api}/api/events`, { method: 'POST', headers: json, body });
    expect([400, 202]).toContain(response.status);
    // A replacement character makes it text after all, which is no event.
    if (response.status === 202) expect(await response.json()).toMatchObject({ accepted: 0 });
  });

  it.each([
    ['arrays', '['.repeat(900_000) + ']'.repeat(900_000)],
    ['objects', `${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`],
    ['an event with a deep key', `{"type":"query","duration":1,"deep":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
  ])('JSON a million levels deep (%s) is answered like any other', async (_, body) => {
    const { api } = await start();
    for (const path of ['/api/events', '/v1/metrics']) {
      const response = await fetch(`${api}${path}`, { method: 'POST', headers: json, body });
      expect([200, 202, 400]).toContain(response.status);
    }
  });

  it('names that every object has by birth stay what they are', async () => {
    const { api } = await start();
    const body =
      '[{"__proto__":{"accepted":9},"type":"query","duration":1},{"constructor":{"prototype":{"polluted":1}},"type":"cache","hit":true}]';
    const response = await fetch(`${api}/api/events`, { method: 'POST', headers: json, body });
    expect(response.status).toBe(202);
    expect(({} as Record<string, unknown>).accepted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('lies are rejected one by one, each with its reason', async () => {
    const { api } = await start();
    const lies = [
      { type: 'query', duration: -1 },
      { type: 'query', duration: 1e300 },
      { type: 'query', duration: '1' },
      { type: 'query', duration: 1, query_type: 'x'.repeat(101) },
      { type: 'cache', hit: 'yes' },
      { type: 'cache', hit: true, cost: -1 },
      null,
      [],
      7,
    ];
    const response = await fetch(`${api}/api/events`, { method: 'POST', headers: json, body: JSON.stringify(lies) });
    expect(await response.json()).toEqual({
      accepted: 0,
      rejected: lies.map((_lie, index) => ({ index, reason: expect.any(String) })),
    });
  });

  it('a small export that unpacks to a huge one stops at the limit', async () => {
    const { api } = await start();
    const response = await fetch(`${api}/v1/metrics`, {
      method: 'POST',
      headers: { ...json, 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(200_000_000)),
    });
    expect(response.status).toBe(413);
  });

  it.each([
    ['what is not gzip', { ...json, 'content-encoding': 'gzip' }, Buffer.from('{}')],
    ['half a gzip', { ...json, 'content-encoding': 'gzip' }, gzipSync('{"resourceMetrics":[]}').subarray(0, 15)],
    ['broken protobuf', { 'content-type': 'application/x-protobuf' }, Buffer.alloc(1_000, 0xff)],
    ['JSON of another shape', json, Buffer.from('{"resourceMetrics":7}')],
  ])('an export that is %s is refused', async (_, headers, body) => {
    const { api } = await start();
    const response = await fetch(`${api}/v1/metrics`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
  });
});
