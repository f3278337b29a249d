/** The two servers as a client sees them, on a state made by hand. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SeriesInfo } from '../../src-main/contract/live.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import { type ConnectionLimits, listenOnLoopback } from '../../src-main/http/listen.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { serve, stateOf, token } from './support/servers.ts';
import { head, talk } from './support/talk.ts';

const info = (name: string, kind: 'gauge' | 'counter' = 'gauge'): SeriesInfo => ({
  key: name,
  labels: {},
  metric: { name, kind, title: sameInEvery(name), help: sameInEvery(`What ${name} is.`), unit: 'count', labels: [] },
});

/** Bytes as sent, which fetch would unpack. */
function rawBody(
  url: string,
  headers: Record<string, string>,
): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(parts) });
    })
      .on('error', reject)
      .end();
  });
}

describe('one tick', () => {
  it('is the same in /metrics, in both of its formats and packings, and in /api/metrics', async () => {
    const { api, metrics, show } = await serve();
    const many = Array.from({ length: 100 }, (_, index) => info(`filler_${index}`));
    for (const cpu of [12.5, 99.125]) {
      const cpuSeries = info('system_cpu_percent');
      show(stateOf([[cpuSeries, cpu], ...many.map((one) => [one, 1] as const)]), [cpuSeries, ...many]);
      const line = `hakgal_system_cpu_percent ${cpu}\n`;
      const packed = await rawBody(metrics, { 'accept-encoding': 'gzip' });
      expect(packed.encoding).toBe('gzip');
      expect(gunzipSync(packed.body).toString()).toContain(line);
      expect((await rawBody(metrics, {})).body.toString()).toContain(line);
      expect((await rawBody(metrics, { accept: 'application/openmetrics-text' })).body.toString()).toContain(line);
      expect(await (await fetch(`${api}/api/metrics`)).json()).toMatchObject({ system_cpu_percent: cpu });
    }
  });

  it('before the first one, /metrics is empty and nothing fails', async () => {
    const { api, metrics } = await serve();
    expect(await (await fetch(metrics)).text()).toBe('');
    expect((await fetch(`${api}/api/status`)).status).toBe(200);
  });
});

describe('the dashboard', () => {
  function files(): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<meta content="__CSP_NONCE__"><p>Hello</p>');
    writeFileSync(join(folder, 'assets', 'main-0a1b.js'), `export const text = '${'x'.repeat(2_000)}';`);
    writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
    writeFileSync(join(folder, '..', 'outside.txt'), 'secret');
    return folder;
  }

  it('comes with a policy that lets nothing foreign in, and a nonce of its own each time', async () => {
    const { api } = await serve({ staticDir: files() });
    const nonces = new Set<string>();
    for (const path of ['/', '/index.html']) {
      const response = await fetch(`${api}${path}`);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] as string;
      expect(await response.text()).toBe(`<meta content="${nonce}"><p>Hello</p>`);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  it('keeps files whose names carry their hash for good, and packs them', async () => {
    const { api } = await serve({ staticDir: files() });
    const url = `${api}/assets/main-0a1b.js`;
    const response = await fetch(url);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect((await rawBody(url, { 'accept-encoding': 'gzip;q=0' })).encoding).toBeUndefined();
    expect((await rawBody(url, { 'accept-encoding': 'br, gzip' })).encoding).toBe('gzip');
  });

  it.each(['/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt'])(
    'serves nothing that lies beside its folder (%s)',
    async (path) => {
      const { dashboardPort: port } = await serve({ staticDir: files() });
      const { status, text } = await talk(
        port,
        head(`GET ${path} HTTP/1.1`, `Host: localhost:${port}`, 'Connection: close'),
      );
      expect(status).toBe(404);
      expect(text).not.toContain('secret');
    },
  );

  it('serves nothing that a link in its folder leads to, be it a file or a folder', async () => {
    const folder = files();
    symlinkSync(join(folder, '..'), join(folder, 'up'));
    symlinkSync(join(folder, '..', 'outside.txt'), join(folder, 'linked.txt'));
    const { api } = await serve({ staticDir: folder });
    for (const path of ['/up/outside.txt', '/linked.txt', '/up/../outside.txt'])
      expect((await fetch(`${api}${path}`)).status, path).toBe(404);
  });

  it('has browsers forget the cookie that once held the token', async () => {
    const { api, dashboardPort } = await serve({ staticDir: files() });
    const old = `hakgal_token_${dashboardPort}`;
    const response = await fetch(`${api}/`, { headers: { cookie: `${old}=${token}` } });
    expect(response.headers.get('set-cookie')).toMatch(new RegExp(`^${old}=; .*Max-Age=0$`));
    expect((await fetch(`${api}/`)).headers.get('set-cookie')).toBeNull();
  });
});

describe('listening', () => {
  const limits: ConnectionLimits = {
    maxHeaderSize: 8_192,
    headersTimeout: 100,
    requestTimeout: 200,
    keepAliveTimeout: 1_000,
    maxConnections: 20,
    connectionsCheckingInterval: 20,
  };
  async function listen(wanted = 0) {
    const listening = await listenOnLoopback(
      'dashboard',
      wanted,
      () => (incoming, response) => {
        incoming.resume().once('end', () => response.end('ok'));
      },
      limits,
    );
    onTestFinished(() => listening.close());
    return listening;
  }

  it.each([
    ['the headers', ['GET / HTTP/1.1\r\nHost: x\r\n']],
    ['the body', ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n', 'slow']],
  ])('does not wait for ever for a client that never finishes %s', async (_, parts) => {
    const { port } = await listen();
    const { status, text } = await talk(port.actual as number, ...parts);
    expect(status).toBe(408);
    expect(text).toContain('did not arrive in time');
  });

  it('answers on both loopback addresses where there are two, and on no other', async () => {
    const { port } = await listen();
    expect(await (await fetch(`http://127.0.0.1:${port.actual}/`)).text()).toBe('ok');
    const six = await fetch(`http://[::1]:${port.actual}/`).catch(() => undefined);
    if (six !== undefined) expect(await six.text()).toBe('ok');
    // Any other address of loopback's own network is not ours, which a wildcard would be.
    await expect(fetch(`http://127.0.0.2:${port.actual}/`)).rejects.toThrow();
  });

  it('takes the next free port and names who holds the wanted one', async () => {
    const first = await listen();
    const wanted = first.port.actual as number;
    const second = await listen(wanted);
    expect(second.port).toMatchObject({ name: 'dashboard', wanted });
    expect(second.port.actual).not.toBe(wanted);
    if (process.platform === 'linux') expect(second.port.holder).toContain(`(${process.pid})`);
  });

  it('counts a port as taken where only one of the two addresses is', async () => {
    const holder = createServer();
    const hasSix = await new Promise<boolean>((resolve) => {
      holder.once('error', () => resolve(false)).listen({ port: 0, host: '::1' }, () => resolve(true));
    });
    if (!hasSix) return console.log('skipped: this machine has no ::1');
    onTestFinished(() => void holder.close());
    const { port: wanted } = holder.address() as { port: number };
    expect((await listen(wanted)).port.actual).not.toBe(wanted);
  });

  it('goes past the last port to any that is free', async () => {
    const first = await listen(65_535);
    const second = await listen(65_535);
    expect(second.port.actual).toEqual(expect.any(Number));
    expect(second.port.actual).not.toBe(first.port.actual);
  });
});
