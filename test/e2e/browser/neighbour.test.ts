/** What a page on another port of this machine can do to a signed-in dashboard, in Chromium: nothing. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Dashboard, dashboardReadiness, openDashboard } from '../../support/dashboard.ts';

const ready = dashboardReadiness();
beforeEach((context) => {
  if ('missing' in ready) context.skip(ready.missing);
});

let dashboard: Dashboard;
let neighbour: Server;
let origin: string;
const heard: IncomingMessage[] = [];

beforeAll(async () => {
  if (!('chromium' in ready)) return;
  dashboard = await openDashboard(ready.chromium);
  neighbour = createServer((request, response) => {
    heard.push(request);
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Neighbour</title>');
  });
  neighbour.listen(0, '127.0.0.1');
  await once(neighbour, 'listening');
  origin = `http://127.0.0.1:${(neighbour.address() as AddressInfo).port}`;
});
afterAll(async () => {
  neighbour?.close();
  await dashboard?.close();
});

/** A signed-in dashboard, and beside it in the same browser a page of the neighbour. */
async function sideBySide(): Promise<{ readonly own: Page; readonly foreign: Page }> {
  const own = await dashboard.open('/about');
  await own.getByText('Versions', { exact: true }).waitFor();
  const foreign = await own.context().newPage();
  await foreign.goto(origin);
  return { own, foreign };
}

const isSignedIn = async (page: Page): Promise<void> => {
  await page.bringToFront();
  await page.goto(`${dashboard.monitor.api}/#/about`);
  await page.reload();
  await page.getByText('Versions', { exact: true }).waitFor();
};

it('is sent nothing of the session, and finds nothing of it', async () => {
  const { own, foreign } = await sideBySide();
  const session = await own.evaluate(() => localStorage.getItem('hakgal-session'));
  expect(session).toMatch(/^[\w-]{43}$/);
  expect(own.url()).not.toContain('sign-in');
  const found = await foreign.evaluate(async () => [
    document.cookie,
    JSON.stringify(localStorage),
    JSON.stringify(await indexedDB.databases()),
    String(await caches.keys()),
  ]);
  expect(found).toEqual(['', '{}', '[]', '']);
  const sent = heard.map(({ headers, url }) => JSON.stringify([headers, url])).join();
  expect(sent).not.toContain(session);
  expect(sent).not.toContain('cookie');
  expect(sent).not.toContain(dashboard.monitor.token);
  await own.context().close();
});

it('reads nothing and changes nothing by asking', async () => {
  const { own, foreign } = await sideBySide();
  const results = await foreign.evaluate(async (api) => {
    const tries: Record<string, RequestInit & { path: string }> = {
      read: { path: '/api/metrics' },
      readWithCookies: { path: '/api/status', credentials: 'include' },
      blind: { path: '/api/metrics', mode: 'no-cors' },
      page: { path: '/' },
      form: { path: '/api/events', method: 'POST', mode: 'no-cors', body: '[{"type":"cache","hit":true}]' },
      json: { path: '/api/events', method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' },
      procedure: {
        path: '/rpc/monitor/pause',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      },
      end: { path: '/api/session/end', method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' },
      renew: { path: '/api/token/renew', method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' },
      signIn: { path: '/api/session', method: 'POST', mode: 'no-cors', body: '{"code":"x"}' },
    };
    const entries = Object.entries(tries).map(async ([name, { path, ...init }]) => {
      const read = await fetch(api + path, init).then(
        async (response) => (response.type === 'opaque' ? 'opaque' : await response.text()),
        () => 'refused',
      );
      return [name, read] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }, dashboard.monitor.api);
  for (const [name, read] of Object.entries(results)) expect(['refused', 'opaque'], name).toContain(read);
  await isSignedIn(own);
  await own.context().close();
});

it('neither frames the dashboard, nor runs its files, nor holds on to its window', async () => {
  const { own, foreign } = await sideBySide();
  const seen = await foreign.evaluate(async (api) => {
    const frame = document.createElement('iframe');
    frame.src = api;
    document.body.append(frame);
    const script = document.createElement('script');
    script.src = `${api}/api/metrics`;
    const failed = new Promise((resolve) => {
      script.onload = () => resolve('ran');
      script.onerror = () => resolve('refused');
    });
    document.body.append(script);
    const ran = await failed;
    const opened = window.open(api, 'dashboard');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    let framed = 'read';
    try {
      framed = frame.contentDocument?.body.textContent ?? 'nothing';
    } catch {
      framed = 'nothing';
    }
    return { ran, framed, isOut: opened === null || opened.closed };
  }, dashboard.monitor.api);
  expect(seen).toEqual({ ran: 'refused', framed: expect.not.stringContaining('Monitor'), isOut: true });
  await own.context().close();
});

it('ends no session, by cookies of our names or by a flood of them', async () => {
  const { own, foreign } = await sideBySide();
  const { port } = new URL(dashboard.monitor.api);
  await foreign.evaluate((name) => {
    // biome-ignore-start lint/suspicious/noDocumentCookie: this is what an old page would do
    document.cookie = `hakgal_token_${name}=planted; path=/`;
    document.cookie = 'hakgal-session=planted; path=/';
    for (let index = 0; index < 60; index += 1) document.cookie = `flood${index}=${'x'.repeat(4_000)}; path=/`;
    // biome-ignore-end lint/suspicious/noDocumentCookie: as above
  }, port);
  // The page is refused once, with the word to forget the flood, and is there at the next try.
  await own.bringToFront();
  await own.goto(`${dashboard.monitor.api}/`).catch(() => undefined);
  await isSignedIn(own);
  await own.context().close();
});

it('starts no connection of another kind', async () => {
  const { own, foreign } = await sideBySide();
  const ends = await foreign.evaluate(async (api) => {
    const socket = new WebSocket(`${api.replace('http', 'ws')}/rpc/live/watch`);
    const viaSocket = new Promise((resolve) => {
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    const events = new EventSource(`${api}/rpc/live/watch`);
    const viaEvents = new Promise((resolve) => {
      events.onopen = () => resolve('open');
      events.onerror = () => resolve('refused');
    });
    const beacon = navigator.sendBeacon(`${api}/api/token/renew`, '{}');
    return [await viaSocket, await viaEvents, beacon];
  }, dashboard.monitor.api);
  expect(ends.slice(0, 2)).toEqual(['refused', 'refused']);
  await isSignedIn(own);
  await own.context().close();
});
