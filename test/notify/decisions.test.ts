import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transitionKinds } from '../../src-main/contract/alerts/alert-procedures.ts';
import { decide } from '../../src-main/notify/decide.ts';
import { isWithinHours } from '../../src-main/notify/hours.ts';
import { RateLimit } from '../../src-main/notify/rate-limit.ts';
import { retryDelayMs } from '../../src-main/notify/retry.ts';
import { hideSecrets } from '../../src-main/platform/hide-secrets.ts';
import { alertOf, notificationOf, senderOf } from '../support/notification-story.ts';

const { settings: channel } = senderOf('webhook', {});
const input = (changes: object = {}, alert: object = {}, kind: 'fired' | 'resolved' | 'reminder' = 'fired') => ({
  transition: { ...notificationOf(kind, [alertOf(alert)]).items[0]!, reason: 'held' },
  channel,
  isNotified: kind !== 'fired',
  isQuietHour: false,
  ...changes,
});

describe('deciding', () => {
  it.each([
    ['told', input(), true],
    ['silenced', input({}, { silencedUntil: 9e15 }), 'silenced'],
    ['inhibited', input({}, { inhibitedBy: 'x' }), 'inhibited'],
    ['in quiet hours', input({ isQuietHour: true }), 'quiet-hours'],
    ['told before', input({ isNotified: true }), 'told-before'],
    ['switched off', input({ channel: { ...channel, isEnabled: false } }), 'channel-off'],
    ['resolved and told before', input({}, {}, 'resolved'), true],
    ['resolved under a silence', input({}, { silencedUntil: 9e15 }, 'resolved'), true],
    ['resolved and never told', input({ isNotified: false }, {}, 'resolved'), 'not-told-before'],
    [
      'resolved, not wanted',
      input({ channel: { ...channel, sendResolved: false } }, {}, 'resolved'),
      'resolved-not-wanted',
    ],
    ['a reminder', input({}, {}, 'reminder'), true],
    ['a reminder, acknowledged', input({}, { acknowledged: { at: 0, by: 'ada' } }, 'reminder'), 'acknowledged'],
  ])('%s', (_, given, expected) => {
    const decision = decide(given);
    expect(decision.send ? true : decision.reason).toBe(expected);
  });

  it('has an answer with a reason for everything', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...transitionKinds),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (kind, isNotified, isQuietHour, isEnabled) => {
          const transition = { ...notificationOf().items[0]!, kind, reason: '' };
          const decision = decide({ transition, channel: { ...channel, isEnabled }, isNotified, isQuietHour });
          return decision.send || (/^[a-z-]+$/.test(decision.reason) && decision.message.length > 10);
        },
      ),
    );
  });
});

describe('hours of the day', () => {
  const at = (day: number, hour: number, minute = 0): number => new Date(2026, 0, 4 + day, hour, minute).getTime();

  it('begin and end on the minute', () => {
    const hours = [{ days: [0, 1, 2, 3, 4, 5, 6], from: '12:00', until: '13:30' }];
    expect([at(1, 11, 59), at(1, 12), at(1, 13, 29), at(1, 13, 30)].map((time) => isWithinHours(hours, time))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('go over midnight into the day after, and belong to the day on which they begin', () => {
    const saturdayNight = [{ days: [6], from: '22:00', until: '07:00' }];
    expect([at(6, 23), at(7, 6), at(7, 8), at(6, 6)].map((time) => isWithinHours(saturdayNight, time))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('pauses between attempts', () => {
  it('double from a second to a quarter of an hour and never undercut what the peer asked', () => {
    expect([1, 2, 3, 4, 11, 50].map((attempts) => retryDelayMs(attempts, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 900_000, 900_000,
    ]);
    expect(retryDelayMs(1, 0)).toBe(500);
    expect(retryDelayMs(1, 0.5, 60_000)).toBe(60_000);
  });
});

describe('the rate of a channel', () => {
  it('is never exceeded over any minute beyond its burst', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), (pauses) => {
        const limit = new RateLimit(10);
        const taken: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          if (limit.take(now) === 0) taken.push(now);
        }
        // A burst of ten and ten more in the minute after it.
        return taken.every((time) => taken.filter((other) => other >= time && other < time + 60_000).length <= 20);
      }),
    );
  });
});

describe('what a peer said', () => {
  it('is shown without secrets, in whatever form it repeats them', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 20, unit: 'binary-ascii' }),
        fc.string({ maxLength: 7, unit: 'binary-ascii' }),
        (secret, user) => {
          const basic = Buffer.from(`${user}:${secret}`).toString('base64');
          const shown = hideSecrets(`[${secret}] [${encodeURIComponent(secret)}] [${basic}]`, [secret]);
          return !shown.includes(`[${secret}]`) && !shown.includes(basic);
        },
      ),
    );
    const address = 'https://hooks.example.org/services/T012345678/B012345678/abcdefghijkl?key=value';
    expect(hideSecrets('no /services/T012345678/B012345678/abcdefghijkl here', [address])).not.toMatch(/T0|B0|abc/);
    expect(hideSecrets('an ordinary sentence', ['a'])).toBe('an ordinary sentence');
  });
});
