import { describe, expect, it } from 'vitest';
import { type Access, type GuardedRequest, refuse } from '../../src-main/http/guard.ts';

const token = 'a'.repeat(43);
const isKnown = (secret: string): boolean => secret === token;
const settings = { port: 5000, isKnown, readsWithoutToken: true, eventsWithoutToken: true };
const get = (headers: GuardedRequest['headers'] = {}): GuardedRequest => ({
  method: 'GET',
  target: '/',
  rawHeaders: ['Host', '127.0.0.1:5000'],
  headers: { host: '127.0.0.1:5000', ...headers },
});
const post = (headers: GuardedRequest['headers'] = {}): GuardedRequest => ({
  ...get({ 'content-type': 'application/json', ...headers }),
  method: 'POST',
});
const open: Access = { kind: 'open' };
const page: Access = { kind: 'page' };
const events: Access = { kind: 'events', contentTypes: ['application/json'] };
const secret: Access = { kind: 'token', contentTypes: ['application/json'] };
const bearer = { authorization: `Bearer ${token}` };

describe('the guard', () => {
  it.each(['127.0.0.1:5000', 'localhost:5000', '[::1]:5000', 'LOCALHOST:5000'])('answers under %s', (host) => {
    expect(refuse(get({ host }), open, settings)).toBeUndefined();
  });

  it.each(['evil.example:5000', '127.0.0.1:5001', '127.0.0.1', '127.0.0.1.evil.example:5000', '0.0.0.0:5000', ''])(
    'refuses the host "%s", so that a rebound name reaches nothing',
    (host) => {
      expect(refuse(get({ host }), open, settings)?.status).toBe(403);
    },
  );

  it('refuses a request without a host', () => {
    expect(refuse({ method: 'GET', target: '/', rawHeaders: [], headers: {} }, open, settings)?.status).toBe(403);
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1:5000', 'http://localhost:3000'])(
    'refuses pages of the origin %s',
    (origin) => {
      expect(refuse(post({ origin }), events, settings)?.status).toBe(403);
    },
  );

  it('takes its own origin', () => {
    expect(refuse(post({ origin: 'http://localhost:5000', ...bearer }), secret, settings)).toBeUndefined();
  });

  it.each(['cross-site', 'same-site'])('refuses what a browser sends from a %s page', (site) => {
    expect(refuse(get({ 'sec-fetch-site': site }), open, settings)?.status).toBe(403);
  });

  it('lets a link from elsewhere open the dashboard, and nothing but the page', () => {
    const followed = get({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' });
    expect(refuse(followed, page, settings)).toBeUndefined();
    expect(refuse(followed, open, settings)?.status).toBe(403);
  });

  it('wants the token for what changes state or shows names', () => {
    expect(refuse(post(), secret, settings)?.status).toBe(401);
    expect(refuse(post({ authorization: `Bearer ${'b'.repeat(43)}` }), secret, settings)?.status).toBe(401);
    expect(refuse(post({ authorization: `Bearer ${token}x` }), secret, settings)?.status).toBe(401);
    expect(refuse(post(bearer), secret, settings)).toBeUndefined();
  });

  it('takes no cookie for a token, because every port of this machine is sent it', () => {
    expect(refuse(post({ cookie: `a=b; hakgal_token_5000=${token}` }), secret, settings)?.status).toBe(401);
  });

  it('refuses two hosts, and the address of another server as a proxy would get it', () => {
    const twice = { ...get(), rawHeaders: ['Host', '127.0.0.1:5000', 'hOST', 'evil.example'] };
    expect(refuse(twice, open, settings)?.status).toBe(400);
    for (const target of ['http://evil.example/', 'http://127.0.0.1:5001/', 'https://127.0.0.1:5000/', '*', 'evil:443'])
      expect(refuse({ ...get(), target }, open, settings)?.status, target).toBe(400);
    expect(refuse({ ...get(), target: 'http://127.0.0.1:5000/api/health' }, open, settings)).toBeUndefined();
  });

  it('lets local programs read and report without it, unless switched off', () => {
    expect(refuse(get(), open, settings)).toBeUndefined();
    expect(refuse(post(), events, settings)).toBeUndefined();
    expect(refuse(get(), open, { ...settings, readsWithoutToken: false })?.status).toBe(401);
    expect(refuse(post(), events, { ...settings, eventsWithoutToken: false })?.status).toBe(401);
  });

  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'refuses writes of the type %s, which a form could send',
    (type) => {
      expect(refuse(post({ 'content-type': type, ...bearer }), secret, settings)?.status).toBe(415);
    },
  );
});
