import { describe, expect, it } from 'vitest';
import { isMailAddress } from '../../src-main/notify/mail-address.ts';
import { alertOf, notificationOf, senderOf } from '../support/notification-story.ts';
import { startHttpPeer } from '../support/peers/http-peer.ts';

const flood = (count: number) =>
  notificationOf(
    'fired',
    Array.from({ length: count }, (_, index) => alertOf({ id: `alert-${index}`, title: `Alert ${index}` })),
  );

describe('a receiver with a limit', () => {
  it('of size is sent parts until each fits, and every alert arrives once', async () => {
    const peer = await startHttpPeer();
    peer.answer = ({ body }) => ({ status: body.length > 20_000 ? 413 : 200 });
    const { send } = senderOf('webhook', { url: peer.url });
    expect(await send(flood(128))).toEqual({ kind: 'delivered' });
    const taken = peer.received.filter(({ body }) => body.length <= 20_000);
    const told = taken.flatMap(({ body }) => JSON.parse(body).transitions.map(({ id }: { id: string }) => id));
    expect(told).toHaveLength(128);
    expect(new Set(told).size).toBe(128);
    expect(new Set(taken.map(({ headers }) => headers['idempotency-key'])).size).toBe(taken.length);
  });

  it('that takes nothing of this size says so by name, and keeps nothing smaller from arriving', async () => {
    const peer = await startHttpPeer();
    peer.answer = ({ body }) => ({ status: body.includes('giant') ? 413 : 200 });
    const { send } = senderOf('webhook', { url: peer.url });
    const notification = notificationOf('fired', [
      alertOf({ id: 'giant' }),
      alertOf({ id: 'a' }),
      alertOf({ id: 'b' }),
    ]);
    expect(await send(notification)).toMatchObject({ kind: 'refused', reason: 'too-large' });
    const last = peer.received.filter(({ body }) => !body.includes('giant')).map(({ body }) => JSON.parse(body));
    expect(last.flatMap(({ transitions }) => transitions)).toHaveLength(2);
  });

  it('of time is tried again: 408, 409, 425, and 429 in the middle of parts', async () => {
    const peer = await startHttpPeer();
    const { send } = senderOf('webhook', { url: peer.url });
    for (const status of [408, 409, 425, 429]) {
      peer.answer = () => ({ status });
      expect((await send(notificationOf())).kind).toBe('retry');
    }
    let parts = 0;
    peer.answer = ({ body }) => {
      if (JSON.parse(body).alerts.length > 2) return { status: 413 };
      parts += 1;
      return { status: parts === 2 ? 429 : 200, headers: { 'retry-after': '3' } };
    };
    expect(await send(flood(4))).toMatchObject({ kind: 'retry', reason: 'too-many', afterMs: 3_000 });
  });

  it('of Slack’s kind has not taken what it calls a failure in a 200', async () => {
    const peer = await startHttpPeer();
    const { send } = senderOf('slack', {}, { url: peer.url });
    for (const body of ['{"success":false,"error":"full"}', '{"ok":false}', ' {"ok": false, "error": "x"}']) {
      peer.answer = () => ({ status: 200, body });
      expect((await send(notificationOf())).kind).toBe('refused');
    }
    for (const body of ['ok', '{"ok":true}', '{"success":true}', '{broken']) {
      peer.answer = () => ({ status: 200, body });
      expect((await send(notificationOf())).kind).toBe('delivered');
    }
  });
});

describe('a mail address', () => {
  it('may be of a host without a domain, have a name, or be written in any script', () => {
    for (const good of [
      'root@localhost',
      'admin@nas',
      'Ann Lee <ann@example.org>',
      'ann@bücher.example',
      '用户@例え.jp',
      '<a@b>',
    ])
      expect([good, isMailAddress(good)]).toEqual([good, true]);
    for (const bad of ['ann', '@host', 'a b@c', 'a@', 'a@b..c', 'a@-b', 'Ann <ann@>', 'a@b\nBcc: x@y', 'Ann <a@b> x'])
      expect([bad, isMailAddress(bad)]).toEqual([bad, false]);
  });
});
