/**
 * Hostile clients against our own servers on loopback: each request gets a refusal in words, and nothing else of this
 * machine.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { refuseWith } from '../../src-main/http/answer.ts';
import { type ConnectionLimits, listenOnLoopback } from '../../src-main/http/listen.ts';
import { type Served, serve, stateOf, token } from '../http/support/servers.ts';
import { head, talk } from '../http/support/talk.ts';
import { hostileRequests } from './hostile-requests.ts';

const secret = 'hush-of-the-neighbour';
let served: Served;
let close: () => Promise<void>;
let remove: () => void;

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'hakgal-hostile-'));
  remove = () => rmSync(root, { recursive: true, force: true });
  const folder = join(root, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.txt'), secret);
  for (const name of ['token', 'settings.json']) writeFileSync(join(root, name), secret);
  writeFileSync(join(folder, 'index.html'), '<p>Dashboard</p>');
  symlinkSync(root, join(folder, 'up'));
  symlinkSync(join(root, 'secret.txt'), join(folder, 'linked.txt'));
  served = await serve({ staticDir: folder }, (end) => {
    close = end;
  });
  served.show(stateOf([]));
});
afterAll(async () => {
  await close?.();
  remove?.();
});

describe('a hostile client', () => {
  it('is tried in at least two hundred ways', () => {
    expect(hostileRequests.length).toBeGreaterThanOrEqual(200);
    expect(new Set(hostileRequests.map(({ kind, name }) => `${kind}: ${name}`)).size).toBe(hostileRequests.length);
  });

  it.each(hostileRequests.map((one) => [one.kind, one.name, one] as const))(
    '%s: %s',
    async (_kind, _name, { parts, allowed }) => {
      const fill = (part: string | Buffer): string | Buffer =>
        typeof part === 'string'
          ? part.replaceAll('PORT', String(served.dashboardPort)).replaceAll('TOKEN', token)
          : part;
      const { status, text } = await talk(served.dashboardPort, ...parts.map(fill));
      expect(allowed).toContain(status ?? null);
      // One answer for what was one connection of one request; a second one would be somebody else's.
      expect(text.match(/HTTP\/1\.1 (?!100)\d{3}/g)?.length ?? 0).toBeLessThanOrEqual(1);
      expect(text).not.toContain(secret);
      expect(text).not.toContain(token);
      expect(text).not.toMatch(/^(access-control-allow|set-cookie)/im);
      expect(text).not.toMatch(/node_modules|src-main|\n\s+at /);
      if (status !== undefined && status >= 400)
        expect(text.split('\r\n\r\n')[1] ?? '').toMatch(/^0?$|^\{"error":"[^"]{10,}|not an OTLP export|unpack|gzip/);
    },
  );

  it('leaves the servers answering as ever, and no bug behind', async () => {
    const health = await fetch(`${served.api}/api/health`);
    expect(health.status).toBe(200);
    expect(served.errors).toEqual([]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe('a client that only opens connections', () => {
  const limits: ConnectionLimits = {
    maxHeaderSize: 8_192,
    headersTimeout: 60_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 60_000,
    connectionsCheckingInterval: 30_000,
    maxConnections: 8,
  };
  const listen = async (): Promise<number> => {
    const listening = await listenOnLoopback(
      'dashboard',
      0,
      () => (incoming, response) => {
        incoming.resume().once('end', () => (incoming.url === '/long' ? response.write('…') : response.end('ok')));
      },
      limits,
    );
    onTestFinished(() => listening.close());
    return listening.port.actual as number;
  };
  const open = async (port: number, said = ''): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    await new Promise((resolve) => socket.once('connect', resolve));
    if (said !== '') socket.write(said);
    return socket;
  };

  it.each([
    ['says nothing', ''],
    ['never finishes its head', 'GET / HTTP/1.1\r\nHost: x\r\nX: '],
    ['never finishes its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx'],
  ])('and %s gives way to one that asks', async (_, said) => {
    const port = await listen();
    for (let index = 0; index < 40; index += 1) await open(port, said);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await talk(port, head('GET / HTTP/1.1', 'Host: x', 'Connection: close'))).status).toBe(200);
  });

  it('and announces what it never sends is answered once', async () => {
    const listening = await listenOnLoopback(
      'dashboard',
      0,
      () => (_, response) => refuseWith(response, 413, 'The body is too large.'),
      { ...limits, requestTimeout: 200, headersTimeout: 100, connectionsCheckingInterval: 20 },
    );
    onTestFinished(() => listening.close());
    const said = head('POST / HTTP/1.1', 'Host: x', 'Content-Length: 999999999');
    const { status, text } = await talk(listening.port.actual as number, said);
    expect([status, text.match(/HTTP\/1\.1/g)?.length]).toEqual([413, 1]);
  });

  it('takes no place from one that is being answered', async () => {
    const port = await listen();
    const stream = await open(port, head('GET /long HTTP/1.1', 'Host: x'));
    let isClosed = false;
    stream.once('close', () => {
      isClosed = true;
    });
    await new Promise((resolve) => stream.once('data', resolve));
    for (let index = 0; index < 40; index += 1) await open(port);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isClosed).toBe(false);
  });
});
