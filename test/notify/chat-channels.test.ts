import { describe, expect, it } from 'vitest';
import { alertOf, notificationOf, senderOf } from '../support/notification-story.ts';
import { type Answer, type Received, startHttpPeer } from '../support/peers/http-peer.ts';

const many = (count: number, changes: object = {}) =>
  notificationOf(
    'fired',
    Array.from({ length: count }, (_, index) =>
      alertOf({ rule: `own-${index}`, id: `alert-${index}`, title: `Alert ${index}.`, ...changes }),
    ),
  );
const json = (body: string) => JSON.parse(body);
const answer = (status: number, body: unknown = ''): Answer => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
/** What each service answers to what is beyond its limits, in its own words. */
const discord = ({ body }: Received): Answer => {
  const { content = '', embeds = [] } = json(body);
  const total = embeds.reduce(
    (sum: number, one: { title: string; description: string }) => sum + one.title.length + one.description.length,
    0,
  );
  const isFine = embeds.length <= 10 && total <= 6_000 && content.length <= 2_000;
  return isFine
    ? answer(204)
    : answer(400, {
        code: 50_035,
        message: 'Invalid Form Body',
        errors: {
          embeds: {
            _errors: [{ code: 'MAX_EMBED_SIZE_EXCEEDED', message: 'Embed size exceeds maximum size of 6000' }],
          },
        },
      });
};
const telegram = ({ body }: Received): Answer => {
  const plain = json(body)
    .text.replace(/<[^>]+>/g, '')
    .replace(/&\w+;/g, '.');
  return plain.length <= 4_096
    ? answer(200, { ok: true, result: {} })
    : answer(400, { ok: false, error_code: 400, description: 'Bad Request: message is too long' });
};
const ntfy = ({ body }: Received): Answer =>
  Buffer.byteLength(json(body).message) <= 4_096
    ? answer(200, { id: 'x', event: 'message' })
    : answer(413, { code: 41_301, http: 413, error: 'message too large' });
const teams = ({ body }: Received): Answer =>
  Buffer.byteLength(body) <= 28 * 1_024
    ? answer(202)
    : answer(
        200,
        'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413 with ContextId x',
      );
const gotify = ({ headers }: Received): Answer =>
  headers['x-gotify-key'] === 'app-token'
    ? answer(200, { id: 1 })
    : answer(401, { error: 'Unauthorized', errorCode: 401 });

const kinds = {
  discord: { secret: 'url', path: '/api/webhooks/1/abc', peer: discord, options: {} },
  teams: { secret: 'url', path: '/workflows/1', peer: teams, options: {} },
  telegram: { secret: 'token', value: '123:abcDEF', peer: telegram, options: { chat: '-100123' } },
  ntfy: { secret: 'token', value: 'tk_abc', peer: ntfy, options: { topic: 'my-alerts' } },
  gotify: { secret: 'token', value: 'app-token', peer: gotify, options: {} },
} as const;
type Kind = keyof typeof kinds;

async function open(kind: Kind) {
  const peer = await startHttpPeer();
  const given = kinds[kind];
  peer.answer = given.peer;
  const isAddress = 'path' in given;
  const { send } = senderOf(
    kind,
    { ...given.options, ...(isAddress ? {} : { url: peer.url }) },
    { [given.secret]: isAddress ? `${peer.url}${given.path}` : given.value },
  );
  return { peer, send };
}
const all = Object.keys(kinds) as Kind[];

describe.each(all)('the %s channel', (kind) => {
  it('delivers the beginning, the end and a test', async () => {
    const { peer, send } = await open(kind);
    expect(await send(notificationOf('fired'))).toEqual({ kind: 'delivered' });
    expect(await send(notificationOf('resolved'))).toEqual({ kind: 'delivered' });
    expect(await send({ ...notificationOf('fired'), isTest: true })).toEqual({ kind: 'delivered' });
    expect(peer.received).toHaveLength(3);
    expect(peer.received[0]?.body).toContain('CPU is at its limit');
  });

  it('sends a flood in as many messages as fit, every alert once', async () => {
    const { peer, send } = await open(kind);
    expect((await send(many(128))).kind).toBe('delivered');
    const taken = peer.received.filter((one) => [200, 202, 204].includes((kinds[kind].peer(one) as Answer).status));
    const found = taken.flatMap(({ body }) => [...body.matchAll(/Alert (\d+)\\*\./g)].map(([, number]) => number));
    expect(new Set(found).size).toBe(128);
  });

  it('shortens a single alert that is larger than what it takes', async () => {
    const { send } = await open(kind);
    const giant = many(1, {
      title: 'T'.repeat(12_000),
      advice: 'a'.repeat(40_000),
      runbook: `https://x/${'r'.repeat(9_000)}`,
    });
    expect((await send(giant)).kind).toBe('delivered');
  });

  it('keeps markup, mentions and unseen characters of names from meaning anything', async () => {
    const { peer, send } = await open(kind);
    const labels = { target: '@everyone <b>x</b> [a](http://evil) ‮gpj.exe\n*bold*' };
    expect((await send(notificationOf('fired', [alertOf({ labels })]))).kind).toBe('delivered');
    const { body } = peer.received[0]!;
    expect(body).not.toContain('‮');
    // The other two show what they are sent as it is.
    if (kind !== 'ntfy' && kind !== 'gotify') expect(body).not.toMatch(/<b>x<\/b> \[a\]\(http/);
    if (kind === 'discord') expect(json(body).allowed_mentions).toEqual({ parse: [] });
    if (kind === 'telegram') expect(json(body).text).toContain('&lt;b&gt;x');
    if (kind === 'teams') expect(body).toContain('\\\\[a\\\\]');
  });

  it('waits as long as it is asked to, also where that stands in the body alone', async () => {
    const { peer, send } = await open(kind);
    peer.answer = () =>
      answer(
        429,
        kind === 'telegram' ? { ok: false, parameters: { retry_after: 7 } } : { retry_after: 7, global: false },
      );
    expect(await send(notificationOf())).toMatchObject({ kind: 'retry', reason: 'too-many', afterMs: 7_000 });
  });
});

describe('what goes wrong', () => {
  it('is said in the words of the service', async () => {
    const { peer, send } = await open('telegram');
    const said = async (status: number, description: string) => {
      peer.answer = () => answer(status, { ok: false, error_code: status, description });
      return send(notificationOf());
    };
    expect(await said(400, 'Bad Request: chat not found')).toMatchObject({ kind: 'refused', reason: 'no-chat' });
    expect(await said(403, 'Forbidden: bot was blocked by the user')).toMatchObject({ reason: 'bot-not-in-chat' });
    expect(await said(404, 'Not Found')).toMatchObject({ reason: 'wrong-token' });
    expect(JSON.stringify(await said(500, 'for /bot123:abcDEF/sendMessage'))).not.toContain('abcDEF');
    const gotifyChannel = await open('gotify');
    gotifyChannel.peer.answer = () => answer(401, { error: 'Unauthorized' });
    expect(await gotifyChannel.send(notificationOf())).toMatchObject({ kind: 'refused', reason: 'not-allowed' });
  });

  it('holds up nothing that has arrived: a part that waits is the only one to be sent again', async () => {
    const peer = await startHttpPeer();
    const seen: string[] = [];
    let isFull = true;
    peer.answer = ({ body }) => {
      const texts = json(body).blocks.map((block: { text?: { text: string } }) => block.text?.text ?? '');
      if (isFull && texts.some((text: string) => text.includes('Alert 30.'))) return answer(429);
      seen.push(...texts.flatMap((text: string) => /Alert (\d+)\./.exec(text)?.[1] ?? []));
      return answer(200, 'ok');
    };
    const { settings, deps } = senderOf('slack', {}, { url: peer.url });
    const { sendNotification } = await import('../../src-main/notify/send-notification.ts');
    const { SendProgress } = await import('../../src-main/notify/send-fitting.ts');
    const progress = new SendProgress();
    expect((await sendNotification(many(50), settings, deps, {}, progress)).kind).toBe('retry');
    isFull = false;
    expect((await sendNotification(many(50), settings, deps, {}, progress)).kind).toBe('delivered');
    expect(seen).toHaveLength(50);
    expect(new Set(seen).size).toBe(50);
  });

  it.each([
    ['too_many_attachments', 400],
    ['{"message":"text exceeds the maximum length of 4000 characters"}', 400],
    ['{"error":"payload size limit"}', 422],
    ['Must be 2000 or fewer in length.', 400],
  ])('of size, as "%s" says it, is divided', async (body, status) => {
    const peer = await startHttpPeer();
    peer.answer = (request) =>
      (request.body.match(/Alert \d+\./g) ?? []).length > 8 ? answer(status, body) : answer(200, 'ok');
    for (const [kind, options, secrets] of [
      ['slack', {}, { url: peer.url }],
      ['webhook', { url: peer.url }, {}],
    ] as const)
      expect((await senderOf(kind, options, secrets).send(many(40))).kind).toBe('delivered');
  });

  it('is refused at once where a 400 speaks of something else', async () => {
    const peer = await startHttpPeer();
    peer.answer = () => answer(400, 'unknown field');
    expect(await senderOf('webhook', { url: peer.url }).send(many(40))).toMatchObject({ reason: 'rejected' });
    expect(peer.received).toHaveLength(1);
  });
});

describe("a webhook with the user's own body", () => {
  it('puts values into JSON so that it stays JSON, whatever they hold', async () => {
    const peer = await startHttpPeer();
    const bodyTemplate = '{"msg":"{{title}}: {{text}}","sev":"{{severity}}","list":{{alerts}},"at":"{{time}}"}';
    const { send } = senderOf('webhook', { url: peer.url, bodyTemplate });
    const alert = alertOf({ labels: { target: 'a "quoted"\nname {{dashboard}} \\' } });
    expect((await send(notificationOf('fired', [alert]))).kind).toBe('delivered');
    const body = json(peer.received[0]!.body);
    expect(body).toMatchObject({ sev: 'critical', list: [{ status: 'firing', labels: { severity: 'critical' } }] });
    expect(body.msg).toContain('a "quoted" name {{dashboard}} \\');
    expect(peer.received[0]?.headers['content-type']).toBe('application/json');
  });

  it('sends plain text as such, or as what a header of the user says', async () => {
    const peer = await startHttpPeer();
    const template = { url: peer.url, bodyTemplate: '{{status}} on {{machine}}: {{title}}' };
    await senderOf('webhook', template).send(notificationOf('resolved'));
    await senderOf('webhook', { ...template, headers: 'Content-Type: text/x-own' }).send(notificationOf());
    expect(peer.received[0]?.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(peer.received[0]?.body).toMatch(/^resolved on workshop: /);
    expect(peer.received[1]?.headers['content-type']).toBe('text/x-own');
  });

  it('is refused where it names what there is not', async () => {
    const { send } = senderOf('webhook', { url: 'http://127.0.0.1:1', bodyTemplate: '{{titel}}' });
    expect(await send(notificationOf())).toMatchObject({ kind: 'refused', reason: 'wrong-settings' });
  });
});
