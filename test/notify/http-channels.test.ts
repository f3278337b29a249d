import { createHmac, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendTest } from '../../src-main/notify/test-notification.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alertOf, notificationAt, notificationOf, senderOf } from '../support/notification-story.ts';
import { makeCertificate } from '../support/peers/certificate.ts';
import { closedUrl, startHttpPeer } from '../support/peers/http-peer.ts';

describe('the webhook channel', () => {
  it("sends the body of Alertmanager's webhooks, firing and resolved with the same fingerprint", async () => {
    const peer = await startHttpPeer();
    const { send } = senderOf('webhook', { url: `${peer.url}/hook`, headers: 'X-Team: blue' });
    expect(await send(notificationOf('fired'))).toEqual({ kind: 'delivered' });
    expect(await send(notificationOf('resolved'))).toEqual({ kind: 'delivered' });
    const [fired, resolved] = peer.received.map(({ body }) => JSON.parse(body));
    expect(peer.received[0]).toMatchObject({
      method: 'POST',
      path: '/hook',
      headers: {
        'content-type': 'application/json',
        'x-team': 'blue',
        'idempotency-key': `channel/${notificationAt}/1`,
      },
    });
    expect(fired).toMatchObject({
      version: '4',
      status: 'firing',
      receiver: 'channel',
      truncatedAlerts: 0,
      externalURL: 'http://127.0.0.1:5000',
      commonLabels: { alertname: 'critical_cpu', severity: 'critical', instance: 'workshop' },
      alerts: [
        {
          status: 'firing',
          startsAt: new Date(notificationAt).toISOString(),
          endsAt: '0001-01-01T00:00:00Z',
          annotations: { summary: expect.stringContaining('97'), culprits: expect.stringContaining('clang') },
        },
      ],
    });
    expect(resolved).toMatchObject({ status: 'resolved', alerts: [{ status: 'resolved' }] });
    expect(resolved.alerts[0].endsAt).toBe(new Date(notificationAt + 90_000).toISOString());
    expect(resolved.alerts[0].fingerprint).toBe(fired.alerts[0].fingerprint);
    expect(resolved.groupKey).toBe(fired.groupKey);
  });

  it('signs what it sends, so that the receiver can tell who sent it and when', async () => {
    const peer = await startHttpPeer();
    const { send } = senderOf('webhook', { url: peer.url }, { signingKey: 'secret-key', token: 'bear-token' });
    await send(notificationOf());
    const { headers, body } = peer.received[0]!;
    const expected = createHmac('sha256', 'secret-key')
      .update(`${headers['x-hakgal-timestamp']}.${body}`)
      .digest('hex');
    expect(headers['x-hakgal-signature']).toBe(`sha256=${expected}`);
    expect(headers.authorization).toBe('Bearer bear-token');
  });

  it.each([
    [500, 'retry', 'server-error'],
    [503, 'retry', 'server-error'],
    [429, 'retry', 'too-many'],
    [302, 'refused', 'redirected'],
    [401, 'refused', 'not-allowed'],
    [404, 'refused', 'not-there'],
    [400, 'refused', 'rejected'],
  ])('answers %i with %s: %s', async (status, kind, reason) => {
    const peer = await startHttpPeer();
    peer.answer = () => ({ status, headers: { location: `${peer.url}/elsewhere` }, body: 'why' });
    const { send } = senderOf('webhook', { url: peer.url });
    expect(await send(notificationOf())).toMatchObject({ kind, reason });
    expect(peer.received).toHaveLength(1);
  });

  it('waits as long as the peer asks', async () => {
    const peer = await startHttpPeer();
    peer.answer = () => ({ status: 429, headers: { 'retry-after': '37' } });
    const { send } = senderOf('webhook', { url: peer.url });
    expect(await send(notificationOf())).toMatchObject({ kind: 'retry', afterMs: 37_000 });
  });

  it('gives up on a peer that never answers, and says what that may be', async () => {
    const peer = await startHttpPeer();
    peer.answer = () => 'hang';
    const clock = new FakeClock();
    const { send } = senderOf('webhook', { url: peer.url }, {}, { clock });
    const sending = send(notificationOf());
    while (peer.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(20_000);
    expect(await sending).toMatchObject({ kind: 'retry', reason: 'timed-out' });
  });

  it('tells a dropped connection, a closed port and a name that does not exist apart', async () => {
    const peer = await startHttpPeer();
    peer.answer = () => 'drop';
    expect(await senderOf('webhook', { url: peer.url }).send(notificationOf())).toMatchObject({
      reason: 'connection-lost',
    });
    const closed = await senderOf('webhook', { url: await closedUrl() }).send(notificationOf());
    expect(closed).toMatchObject({ kind: 'retry', reason: 'connection-refused' });
    const nobody = await senderOf('webhook', { url: 'http://nobody.invalid/' }).send(notificationOf());
    expect(nobody).toMatchObject({ kind: 'retry', reason: 'unknown-host' });
  });

  it('never repeats a secret in what it says', async () => {
    const peer = await startHttpPeer();
    peer.answer = ({ headers }) => ({ status: 403, body: `bad token ${headers.authorization}` });
    const { send } = senderOf('webhook', { url: peer.url }, { token: 'tok-123456' });
    const delivery = await send(notificationOf());
    expect(JSON.stringify(delivery)).not.toContain('tok-123456');
    expect(delivery).toMatchObject({ message: expect.stringContaining('•••') });
  });

  it('names the field that is wrong', async () => {
    const { settings, deps } = senderOf('webhook', { url: 'not a url' });
    expect(await sendTest(settings, {}, deps)).toMatchObject({ ok: false, kind: 'wrong-settings' });
    const headers = senderOf('webhook', { url: 'http://127.0.0.1:1', headers: 'no colon' });
    expect((await sendTest(headers.settings, {}, headers.deps)).message).toContain('headers');
  });
});

describe('the Slack channel', () => {
  it('sends blocks with the alert, its culprits and the way to the dashboard, special characters escaped', async () => {
    const peer = await startHttpPeer();
    const { send } = senderOf('slack', {}, { url: `${peer.url}/services/T/B/x` });
    expect(await send(notificationOf())).toEqual({ kind: 'delivered' });
    const { text, blocks } = JSON.parse(peer.received[0]?.body ?? '');
    expect(text).toContain('Critical: CPU is at its limit');
    expect(blocks[0]).toEqual({
      type: 'header',
      text: { type: 'plain_text', text: 'Critical: CPU is at its limit on workshop' },
    });
    expect(blocks[1].text.text).toContain('clang &lt;x&amp;y&gt; 181.5 %');
    expect(blocks.at(-1).elements[0].text).toContain('<http://127.0.0.1:5000|');
  });

  it('keeps within the limits of Slack however much there is to tell', async () => {
    const peer = await startHttpPeer();
    const { send } = senderOf('slack', {}, { url: peer.url });
    const many = Array.from({ length: 400 }, (_, index) =>
      alertOf({ id: `a${index}`, title: 'x'.repeat(100), rule: `own_${index}`, labels: { disk: 'y'.repeat(5_000) } }),
    );
    expect((await send(notificationOf('fired', many))).kind).toBe('delivered');
    const messages = peer.received.map(({ body }) => JSON.parse(body).blocks);
    for (const blocks of messages) expect(blocks.length).toBeLessThanOrEqual(50);
    for (const { type, text } of messages.flat()) {
      if (type === 'header') expect(text.text.length).toBeLessThanOrEqual(150);
      if (type === 'section') expect(text.text.length).toBeLessThanOrEqual(3_000);
    }
    // One section an alert, and none is only counted.
    expect(messages.flat().filter(({ type }) => type === 'section')).toHaveLength(400);
  });

  it('honours 429 and explains what Slack says', async () => {
    const peer = await startHttpPeer();
    const { send } = senderOf('slack', {}, { url: peer.url });
    peer.answer = () => ({ status: 429, headers: { 'retry-after': '30' }, body: 'rate_limited' });
    expect(await send(notificationOf())).toMatchObject({ kind: 'retry', reason: 'too-many', afterMs: 30_000 });
    peer.answer = () => ({ status: 404, body: 'no_service' });
    expect(await send(notificationOf())).toMatchObject({ kind: 'refused', reason: 'no-service' });
  });

  it.each([
    [500, 'retry', 'server-error'],
    [302, 'refused', 'redirected'],
  ])('answers %i with %s: %s', async (status, kind, reason) => {
    const peer = await startHttpPeer();
    peer.answer = () => ({ status, headers: { location: `${peer.url}/elsewhere` } });
    const { send } = senderOf('slack', {}, { url: peer.url });
    expect(await send(notificationOf())).toMatchObject({ kind, reason });
    expect(peer.received).toHaveLength(1);
  });

  it('says that its address is missing', async () => {
    expect(await senderOf('slack', {}).send(notificationOf())).toMatchObject({
      kind: 'refused',
      reason: 'secret-missing',
    });
  });
});

describe('send a test', () => {
  it('tells that it arrived, in the language of the user', async () => {
    const peer = await startHttpPeer();
    const { settings, deps } = senderOf('slack', {}, {}, { language: 'de' });
    expect(await sendTest(settings, { url: peer.url }, deps)).toMatchObject({ ok: true, kind: 'delivered' });
    expect(peer.received[0]?.body).toContain('Test von HAKGAL Monitor');
  });

  it('says in words what is wrong and what to do', async () => {
    const url = await closedUrl();
    const { settings, deps } = senderOf('webhook', { url });
    const answer = await sendTest(settings, {}, deps);
    expect(answer).toMatchObject({ ok: false, kind: 'connection-refused' });
    expect(answer.message).toContain(`Nothing listens at ${new URL(url).host}`);
  });
});

describe('a receiver with a certificate of its own, or a wish to know who asks', () => {
  const serve = async (options: object, accepts: (request: IncomingMessage) => boolean) => {
    const server = createHttpsServer(options, (request, response) =>
      response.writeHead(accepts(request) ? 200 : 401).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `https://localhost:${(server.address() as AddressInfo).port}`;
  };

  it.each(['webhook', 'alertmanager'])(
    '%s: is believed by its authority or as itself, shown ours, and told who asks',
    async (kind) => {
      const own = makeCertificate();
      const client = makeCertificate('client');
      const url = await serve(
        { ...own, requestCert: true, ca: client.cert },
        ({ headers }) =>
          headers.authorization === `Basic ${Buffer.from('ann:pass').toString('base64')}` &&
          headers['x-key'] === 'k-123',
      );
      const options = { url, user: 'ann', headers: 'X-Key: {secret}', clientCertificate: client.cert };
      const secrets = { password: 'pass', headerSecret: 'k-123', clientKey: client.key };
      const send = (more: object) => senderOf(kind, { ...options, ...more }, secrets).send(notificationOf());
      expect(await send({})).toMatchObject({ kind: 'refused', reason: 'certificate-unknown' });
      expect(await send({ authority: own.cert })).toEqual({ kind: 'delivered' });
      expect(await send({ acceptedCertificate: new X509Certificate(own.cert).fingerprint256 })).toEqual({
        kind: 'delivered',
      });
      expect(await send({ acceptedCertificate: 'ab'.repeat(32) })).toMatchObject({ reason: 'certificate-unknown' });
      expect(await send({ authority: own.cert, headers: '' })).toMatchObject({ reason: 'not-allowed' });
    },
  );
});
