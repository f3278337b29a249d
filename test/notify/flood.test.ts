/** Thousands of transitions in an hour, to real receivers on loopback with the limits that public services have. */
import { describe, expect, it } from 'vitest';
import type { DeliveryLogEntry } from '../../src-main/contract/channels.ts';
import type { Channel } from '../../src-main/notify/channel.ts';
import { createChannels } from '../../src-main/notify/channels/index.ts';
import { DeliveryQueue } from '../../src-main/notify/delivery-queue.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alertOf } from '../support/notification-story.ts';
import { type Answer, type Received, startHttpPeer } from '../support/peers/http-peer.ts';
import { speakerIn } from '../support/speak.ts';

const transitions = process.env.HAKGAL_LONG === '1' ? 10_000 : 1_000;
const say = (status: number, body: unknown = ''): Answer => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** Takes this many requests a minute of the fake clock, then answers as its service does. */
function rate(clock: FakeClock, perMinute: number, full: Answer, rest: (request: Received) => Answer) {
  const at: number[] = [];
  return (request: Received): Answer => {
    const now = clock.monotonic();
    if (at.filter((one) => now - one < 60_000).length >= perMinute) return full;
    at.push(now);
    return rest(request);
  };
}

type Peer = (clock: FakeClock) => (request: Received) => Answer;
const receivers: Readonly<Record<string, { kind: string; options?: object; secret?: string; peer: Peer }>> = {
  'Slack with 50 blocks and 30 a minute': {
    kind: 'slack',
    secret: 'url',
    peer: (clock) =>
      rate(clock, 30, { status: 429, headers: { 'retry-after': '20' } }, ({ body }) =>
        JSON.parse(body).blocks.length > 50 ? say(400, 'invalid_blocks') : say(200, 'ok'),
      ),
  },
  'a server of its kind with 15 blocks that states failures in a 200': {
    kind: 'slack',
    secret: 'url',
    peer: () => {
      let calls = 0;
      return ({ body }) => {
        calls += 1;
        if (calls % 17 === 0) return say(503);
        return JSON.parse(body).blocks.length > 15
          ? say(200, { success: false, error: 'too many blocks' })
          : say(200, { success: true });
      };
    },
  },
  'Discord with 6,000 characters and 30 a minute': {
    kind: 'discord',
    secret: 'url',
    peer: (clock) =>
      rate(clock, 30, say(429, { retry_after: 12.5 }), ({ body }) => {
        const { embeds } = JSON.parse(body) as { embeds: { title: string; description: string }[] };
        const total = embeds.reduce((sum, one) => sum + one.title.length + one.description.length, 0);
        return embeds.length > 10 || total > 6_000 ? say(400, 'Must be 6000 or fewer in length') : say(204);
      }),
  },
  'Telegram with 4,096 characters and 20 a minute': {
    kind: 'telegram',
    secret: 'token',
    options: { chat: '1' },
    peer: (clock) =>
      rate(clock, 20, say(429, { ok: false, parameters: { retry_after: 30 } }), ({ body }) =>
        JSON.parse(body).text.replace(/<[^>]+>/g, '').length > 4_500
          ? say(400, { ok: false, description: 'Bad Request: message is too long' })
          : say(200, { ok: true }),
      ),
  },
  'ntfy with 4,096 bytes and 60 a minute': {
    kind: 'ntfy',
    options: { topic: 'alerts' },
    peer: (clock) =>
      rate(clock, 60, say(429, { code: 42_901 }), ({ body }) =>
        Buffer.byteLength(JSON.parse(body).message) > 4_096 ? say(413) : say(200, { id: 'x' }),
      ),
  },
  'Teams with 28 KB': {
    kind: 'teams',
    secret: 'url',
    peer:
      () =>
      ({ body }) =>
        Buffer.byteLength(body) > 28_672 ? say(413) : say(202),
  },
  'a webhook with 20 KB that is late, in conflict, too early or full by turns': {
    kind: 'webhook',
    peer: () => {
      let calls = 0;
      return ({ body }) => {
        calls += 1;
        if (calls % 5 === 0) return say([408, 409, 425, 429, 500][(calls / 5) % 5] as number);
        return body.length > 20_000 ? say(413) : say(200);
      };
    },
  },
  'a webhook that never takes one of them': {
    kind: 'webhook',
    peer:
      () =>
      ({ body }) =>
        body.includes('alert 7.') ? say(400, 'size limit exceeded') : say(200),
  },
  'a receiver that was switched off': { kind: 'gotify', secret: 'token', peer: () => () => say(401) },
  'a receiver that is down for ten minutes': {
    kind: 'alertmanager',
    peer: (clock) => () => (clock.monotonic() < 600_000 ? say(502) : say(200)),
  },
};

describe(`a flood of ${transitions} transitions in an hour`, () => {
  it.each(Object.entries(receivers))(
    'is told to %s, or given up by name, to the last one',
    async (_, { kind, options, secret, peer: answering }) => {
      const clock = new FakeClock();
      const peer = await startHttpPeer();
      peer.answer = answering(clock);
      let inFlight = 0;
      const channels = createChannels([]).map(
        (channel): Channel => ({
          ...channel,
          async send(...args) {
            inFlight += 1;
            try {
              return await channel.send(...args);
            } finally {
              inFlight -= 1;
            }
          },
        }),
      );
      const log: DeliveryLogEntry[] = [];
      const queue = new DeliveryQueue('channel', {
        clock,
        channels,
        secret: async (__, field) => (field !== secret ? undefined : field === 'token' ? '1:a' : peer.url),
        speaker: () => speakerIn('en'),
        machine: 'workshop',
        dashboard: () => undefined,
        logger: { warn: () => {}, error: () => {}, info: () => {}, debug: () => {} } as never,
        settings: () => ({
          id: 'channel',
          kind,
          title: kind,
          isEnabled: true,
          maxPerMinute: 10,
          sendResolved: true,
          options: { ...options, ...(secret !== 'url' && { url: peer.url }) },
        }),
        write: async (operations) => {
          for (const one of operations) if (one.op === 'log') log.push(one.entry);
        },
        random: () => 0.5,
      });
      const settle = async (): Promise<void> => {
        for (let quiet = 0; quiet < 3; quiet = inFlight === 0 ? quiet + 1 : 0)
          await new Promise((resolve) => setImmediate(resolve));
      };
      const step = 20;
      let given = 0;
      for (let at = 0; at < 3_600; at += step) {
        for (const until = Math.round(((at + step) / 3_600) * transitions); given < until; given += 1) {
          const alert = alertOf({
            id: `${given}`,
            rule: `own-${given}`,
            title: `alert ${given}.`,
            ...(given % 97 === 0 && { labels: { name: 'n'.repeat(10_000) }, summary: 's'.repeat(30_000) }),
            ...(given % 193 === 0 && { advice: 'a'.repeat(50_000) }),
          });
          queue.add({ id: `t${given}`, kind: 'fired', at: clock.now(), reason: 'above', alert }, clock.now());
        }
        queue.pump();
        await settle();
        await clock.advance(step * 1_000);
        await settle();
      }
      // What still waits has its time.
      for (let minutes = 0; minutes < 26 * 60 && queue.length > 0; minutes += 1) {
        await clock.advance(60_000);
        await settle();
      }
      expect(queue.length).toBe(0);
      const ended = new Map<string, string>();
      for (const { outcome, reason, transitions: ids } of log)
        if (outcome !== 'retrying') for (const id of ids) ended.set(id, `${outcome} ${reason}`);
      expect(ended.size).toBe(transitions);
      const told = new Set(
        peer.received.flatMap(({ body }) => [...body.matchAll(/alert (\d+)\\*\./g)].map(([, number]) => `t${number}`)),
      );
      for (const [id, how] of ended) if (how === 'delivered delivered') expect(told.has(id)).toBe(true);
      const reasons = new Set([...ended.values()].filter((how) => how !== 'delivered delivered'));
      if (kind === 'gotify') expect([...reasons]).toEqual(['gave-up not-allowed']);
      else if (_.includes('never takes'))
        expect([...ended].filter(([, how]) => how === 'gave-up too-large')).toEqual([['t7', 'gave-up too-large']]);
      else expect([...reasons]).toEqual([]);
    },
    600_000,
  );
});
