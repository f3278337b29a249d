/** Every channel of the list, before its author writes a line. */
import { describe, expect, it } from 'vitest';
import { plainSpeaker } from '../../src-main/messages/plain-speaker.ts';
import { channelForm } from '../../src-main/notify/channel.ts';
import {
  type DesktopNotification,
  desktopFailures,
  showByNodeNotifier,
} from '../../src-main/notify/channels/desktop.ts';
import { createChannels } from '../../src-main/notify/channels/index.ts';
import { composeShort } from '../../src-main/notify/compose.ts';
import { notDelivered } from '../../src-main/notify/delivery-words.ts';
import { sendNotification } from '../../src-main/notify/send-notification.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { alertOf, notificationOf, senderOf } from '../support/notification-story.ts';

describe('every channel', () => {
  for (const channel of createChannels([])) {
    it(`${channel.kind}: describes itself and its form`, () => {
      expect(channel.kind).toMatch(/^[a-z]+$/);
      expect(channel.title).not.toBe('');
      expect(channel.help.en).not.toBe('');
      const { form, faults } = channelForm(channel);
      expect(faults).toEqual([]);
      expect(form.fields.find(({ name }) => name === 'options')).toMatchObject({ type: 'group', isInline: true });
    });

    it(`${channel.kind}: refuses to send without what it needs, in words`, async () => {
      const delivery = await senderOf(channel.kind, {}).send(notificationOf());
      expect(delivery.kind).toBe('refused');
      expect(delivery.message?.length).toBeGreaterThan(10);
    });
  }
});

describe('the desktop channel', () => {
  it('tries the ways in turn and hands over all that buttons need', async () => {
    const shown: DesktopNotification[] = [];
    const { settings, deps } = senderOf('desktop', {});
    const channels = createChannels([
      async () => notDelivered('refused', desktopFailures['notification-failed']),
      async (notification) => {
        shown.push(notification);
        return { kind: 'delivered' };
      },
    ]);
    const notification = notificationOf('fired', [alertOf()]);
    expect(await sendNotification(notification, settings, { ...deps, channels })).toEqual({ kind: 'delivered' });
    expect(shown).toEqual([
      {
        id: notification.id,
        title: 'Critical: CPU is at its limit',
        body: '97.2 %, limit 95 %\nTop processes: clang <x&y> 181.5 %',
        isUrgent: true,
        isQuiet: false,
        alerts: [alertOf().id],
        buttons: { acknowledge: 'Acknowledge', snooze: 'Snooze 1 h', show: 'Show' },
      },
    ]);
  });

  it('says why there is none on a machine without a desktop, and never throws', async () => {
    const notification = {
      id: 'n',
      title: 't',
      body: 'b',
      isUrgent: false,
      isQuiet: false,
      alerts: [],
      buttons: { acknowledge: 'Acknowledge', snooze: 'Snooze 1 h', show: 'Show' },
    } as const;
    const delivery = await showByNodeNotifier(notification, {
      clock: systemClock,
      signal: new AbortController().signal,
    });
    if (delivery.kind === 'delivered') return;
    expect(delivery).toMatchObject({ kind: 'refused', reason: 'no-notifier' });
  });
});

describe('the words of a notification', () => {
  const missing = alertOf({
    rule: 'table_missing',
    title: 'A table is missing',
    labels: { target: 'kb' },
    unit: 'count',
    value: 1,
    threshold: 0,
    culprits: [],
  });

  it('have no numbers where they say no more than the title', () => {
    const lines = (kind: 'fired' | 'resolved') => composeShort(notificationOf(kind, [missing]), plainSpeaker('en'));
    expect(lines('fired')).toEqual({
      title: 'Critical: A table is missing (kb)',
      lines: ['End or slow down the process named here.'],
    });
    expect(lines('resolved').lines).toEqual(['lasted 1 min 30 s']);
  });

  it('name the culprits of each alert of a group, too', () => {
    const { lines } = composeShort(notificationOf('fired', [missing, alertOf()]), plainSpeaker('en'));
    expect(lines).toEqual([
      'Critical: A table is missing (kb)',
      'Critical: CPU is at its limit: 97.2 %, limit 95 % (Top processes: clang <x&y> 181.5 %)',
    ]);
  });
});
