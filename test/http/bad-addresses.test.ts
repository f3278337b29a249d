/** Addresses, methods and tokens that no honest client sends: each is answered in words, and opens nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { openToken } from '../../src-main/http/token.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type Served, serve, token } from './support/servers.ts';
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

describe('addresses', () => {
  it.each([
    '/../token',
    '/%2e%2e/token',
    '/..%2ftoken',
    '/..%5ctoken',
    '/assets/../../token',
    '//token',
    '/.git/config',
    '/%00',
    '/%',
    '/__proto__',
    '/constructor',
    '/api/__proto__',
    '/rpc',
    '/metrics/',
    '*',
  ])('%s leads nowhere', async (path) => {
    const { dashboardPort, prometheusPort } = await start();
    for (const port of [dashboardPort, prometheusPort]) {
      const { status } = await talk(port, head(`GET ${path} HTTP/1.1`, hostOf(port), 'Connection: close'));
      expect([400, 404]).toContain(status);
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s gets 405 with what would work',
    async (method) => {
      const { prometheusPort, dashboardPort } = await start();
      for (const [port, path] of [
        [prometheusPort, '/metrics'],
        [dashboardPort, '/api/status'],
      ] as const) {
        const { status, text } = await talk(
          port,
          head(`${method} ${path} HTTP/1.1`, hostOf(port), 'Content-Length: 0', 'Connection: close'),
        );
        expect(status).toBe(405);
        expect(text).toMatch(/^allow: GET, HEAD$/im);
      }
    },
  );

  it('HEAD gets the headers of GET and no body', async () => {
    const { api, metrics } = await start();
    for (const url of [`${api}/api/health`, metrics]) {
      const [headed, got] = [await fetch(url, { method: 'HEAD' }), await fetch(url)];
      expect(headed.status).toBe(200);
      expect(headed.headers.get('content-length')).toBe(String((await got.arrayBuffer()).byteLength));
      expect(await headed.text()).toBe('');
    }
  });
});

describe('tokens', () => {
  const ask = async (port: number, ...lines: readonly string[]): Promise<number | undefined> =>
    (
      await talk(
        port,
        head(
          'POST /rpc/system/about HTTP/1.1',
          hostOf(port),
          'Content-Type: application/json',
          'Content-Length: 2',
          'Connection: close',
          ...lines,
        ),
        '{}',
      )
    ).status;

  it.each([
    'Authorization: Bearer',
    'Authorization: Bearer ',
    `Authorization: Basic ${token}`,
    `Authorization: Bearer ${token.slice(1)}`,
    `Authorization: Bearer ${token}t`,
    `Authorization: Bearer ${token} ${token}`,
    `Authorization: bearer\t${token}`,
    `Authorization: Bearer ${'é'.repeat(43)}`,
    'Cookie: hakgal_token_PORT=',
    `Cookie: hakgal_token_1=${token}`,
    `Cookie: xhakgal_token_PORT=${token}`,
  ])('"%s" opens nothing', async (line) => {
    const { dashboardPort } = await start();
    expect(await ask(dashboardPort, line.replace('PORT', String(dashboardPort)))).toBe(401);
  });

  it('a token in the address opens no procedure', async () => {
    const { api } = await start();
    const response = await fetch(`${api}/rpc/system/about?token=${token}`, {
      method: 'POST',
      headers: json,
      body: '{}',
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('where reading and reporting want it, nothing but the page answers without', async () => {
    const { api, metrics } = await start({
      settings: () => ({ readsWithoutToken: false, eventsWithoutToken: false }),
    });
    for (const url of [`${api}/api/health`, `${api}/api/metrics`, `${api}/api/status`, metrics]) {
      expect((await fetch(url)).status).toBe(401);
      expect((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    }
    for (const path of ['/api/events', '/v1/metrics'])
      expect((await fetch(`${api}${path}`, { method: 'POST', headers: json, body: '[]' })).status).toBe(401);
  });

  it('a token file that is empty, short or damaged is made anew', () => {
    const path = `${temporaryFolder()}/token`;
    for (const content of ['', 'short', 'x'.repeat(20), `${'x'.repeat(40)}\nsecond line`]) {
      writeFileSync(path, content);
      const made = openToken(path).current;
      expect(made).toMatch(/^[\w-]{43}$/);
      expect(readFileSync(path, 'utf8')).toBe(`${made}\n`);
      expect(openToken(path).current).toBe(made);
    }
  });
});
