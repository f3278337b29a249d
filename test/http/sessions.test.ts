/** How a browser signs in, what its session opens, and what ends it. */
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSessions } from '../../src-main/http/sessions.ts';
import { makeSignInCode } from '../../src-main/http/sign-in-code.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { fixedToken, type Served, serve, token } from './support/servers.ts';

const clock = new FakeClock();
const json = { 'content-type': 'application/json' };
const codeFor = (more: Partial<Parameters<typeof makeSignInCode>[1]> = {}, secret = token): string =>
  makeSignInCode(secret, { expiresAt: clock.now() + 60_000, isOnce: true, ...more });
const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
const signIn = async ({ api }: Served, code = codeFor()): Promise<string> => {
  const response = await post(`${api}/api/session`, { code });
  expect(response.status).toBe(201);
  return ((await response.json()) as { session: string }).session;
};
/** 500 is past the guard: these servers have no procedures. */
const ask = async (api: string, session: string): Promise<number> =>
  (await post(`${api}/rpc/monitor/about`, {}, { authorization: `Bearer ${session}` })).status;

describe('a session', () => {
  it('opens what the token opens, is not the token, and comes in no cookie', async () => {
    const served = await serve({ clock });
    const response = await post(`${served.api}/api/session`, { code: codeFor() });
    expect(response.headers.get('set-cookie')).toBeNull();
    const { session, expiresAt } = (await response.json()) as { session: string; expiresAt: number };
    expect(session).toMatch(/^[\w-]{43}$/);
    expect(session).not.toBe(token);
    expect(expiresAt).toBeGreaterThan(clock.now());
    expect(await ask(served.api, session)).toBe(500);
  });

  it.each([
    ['forged', () => `${codeFor().slice(0, -1)}_`],
    ['made with another token', () => codeFor({}, 'x'.repeat(43))],
    ['over', () => codeFor({ expiresAt: clock.now() - 1 })],
    ['made to last longer by hand', () => codeFor().replace(/\.[0-9a-z]+\./, '.zzzzzzzz.')],
    ['made to be used often by hand', () => codeFor().replace('once.', 'some.')],
    ['the token itself', () => token],
    ['empty', () => ''],
    ['no text', () => 7 as unknown as string],
    ['long', () => 'x'.repeat(900)],
  ])('is not given for a code that is %s', async (_, code) => {
    const { api } = await serve({ clock });
    expect([400, 401]).toContain((await post(`${api}/api/session`, { code: code() })).status);
  });

  it('is given once for a code that holds once, and to several browsers for a printed one', async () => {
    const served = await serve({ clock });
    const once = codeFor();
    await signIn(served, once);
    expect((await post(`${served.api}/api/session`, { code: once })).status).toBe(401);
    const printed = codeFor({ isOnce: false });
    expect(await signIn(served, printed)).not.toBe(await signIn(served, printed));
  });

  it('holds under the address that it was made under, and under no other', async () => {
    const served = await serve({ clock });
    const session = await signIn(served);
    expect(await ask(`http://localhost:${served.dashboardPort}`, session)).toBe(401);
    const other = await serve({ clock });
    expect(await ask(other.api, session)).toBe(401);
  });

  it('ends when it is signed out, and its streams with it', async () => {
    const served = await serve({ clock, loadRouter: () => new Promise(() => {}) });
    const session = await signIn(served);
    const socket = await open(served.dashboardPort);
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST /rpc/live/watch HTTP/1.1\r\nHost: 127.0.0.1:${served.dashboardPort}\r\nAuthorization: Bearer ${session}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await post(`${served.api}/api/session/end`, {}, { authorization: `Bearer ${session}` })).status).toBe(204);
    await ended;
    expect(await ask(served.api, session)).toBe(401);
  });

  it('ends with the token, and so does what was shown with the old one', async () => {
    const served = await serve({ clock, token: fixedToken() });
    const [one, two] = [await signIn(served), await signIn(served)];
    const late = codeFor();
    expect((await post(`${served.api}/api/token/renew`, {}, { authorization: `Bearer ${one}` })).status).toBe(204);
    for (const secret of [one, two, token]) expect(await ask(served.api, secret)).toBe(401);
    expect((await post(`${served.api}/api/session`, { code: late })).status).toBe(401);
    expect(await ask(served.api, 'u'.repeat(43))).toBe(500);
  });

  it('ends after three days without a request, and after thirty in any case', async () => {
    const time = new FakeClock();
    const sessions = createSessions(time, () => token);
    const headers = { host: '127.0.0.1:5000' };
    const make = (): string => {
      const code = makeSignInCode(token, { expiresAt: time.now() + 1_000, isOnce: true });
      return sessions.signIn(code, headers)?.session ?? '';
    };
    const dayMs = 86_400_000;
    const silent = make();
    await time.advance(3 * dayMs);
    expect(sessions.isValid(silent, headers)).toBe(false);
    const busy = make();
    for (let day = 0; day < 29; day += 1) {
      await time.advance(dayMs);
      expect(sessions.isValid(busy, headers)).toBe(true);
    }
    await time.advance(dayMs);
    expect(sessions.isValid(busy, headers)).toBe(false);
  });

  it('that was silent for longest gives way to the fifty-first', async () => {
    const time = new FakeClock();
    const sessions = createSessions(time, () => token);
    const headers = { host: '127.0.0.1:5000' };
    const made: string[] = [];
    for (let browser = 0; browser < 51; browser += 1) {
      await time.advance(1_000);
      const code = makeSignInCode(token, { expiresAt: time.now() + 1_000, isOnce: true });
      made.push(sessions.signIn(code, headers)?.session ?? '');
    }
    expect(made.map((session) => sessions.isValid(session, headers)).indexOf(true)).toBe(1);
  });
});

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}
