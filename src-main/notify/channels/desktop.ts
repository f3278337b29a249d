/**
 * A notification on the desktop: by the shell's own notifications where it hands them in (Electron, with buttons), else
 * by node-notifier, else not at all with the reason said.
 */
import { z } from 'zod';
import { sentences } from '../../contract/text/message.ts';
import { alertWords } from '../../messages/alert-words.ts';
import type { Speaker } from '../../messages/catalogue.ts';
import type { Channel, Delivery, Notification, SendContext } from '../channel.ts';
import { composeShort } from '../compose.ts';
import { notDelivered } from '../delivery-words.ts';

export interface DesktopNotification {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly isUrgent: boolean;
  /** Alerts that it is about, for the buttons. */
  readonly alerts: readonly string[];
  /** What the buttons say. */
  readonly buttons: Readonly<Record<'acknowledge' | 'snooze' | 'show', string>>;
  /** Tells at once, without a sound: an alert that ended. */
  readonly isQuiet: boolean;
}

export const desktopFailures = sentences('delivery.desktop', {
  'no-desktop': {
    en: 'There is no desktop to show a notification on. Add another channel.',
    de: 'Hier gibt es keinen Desktop für eine Benachrichtigung. Fügen Sie einen anderen Kanal hinzu.',
  },
  'no-notifier': {
    en: 'This machine shows no desktop notifications ({detail}). Add another channel.',
    de: 'Dieser Rechner zeigt keine Benachrichtigungen ({detail}). Fügen Sie einen anderen Kanal hinzu.',
  },
  'notification-failed': {
    en: 'The system did not show the notification.',
    de: 'Das System zeigte die Benachrichtigung nicht.',
  },
});

/** Shows it, or says why it could not. */
export type ShowDesktopNotification = (
  notification: DesktopNotification,
  context: Pick<SendContext, 'clock' | 'signal'>,
) => Promise<Delivery>;

export function createDesktopChannel(shown: readonly ShowDesktopNotification[]): Channel<object> {
  return {
    kind: 'desktop',
    title: { en: 'Desktop notification', de: 'Desktop-Benachrichtigung' },
    help: { en: 'A notification on this computer.', de: 'Eine Benachrichtigung auf diesem Rechner.' },
    failures: desktopFailures,
    options: z.object({}),
    async send(notification, _config, context) {
      const desktop = toDesktopNotification(notification, context.speaker);
      let last: Delivery = notDelivered('refused', desktopFailures['no-desktop']);
      // Each way in turn: where Electron's notification fails (an unsigned app on macOS), the system's own tool may
      // work.
      for (const show of shown) {
        last = await show(desktop, context);
        if (last.kind === 'delivered') return last;
      }
      return last;
    },
  };
}

function toDesktopNotification(notification: Notification, speaker: Speaker): DesktopNotification {
  const { title, lines } = composeShort(notification, speaker);
  return {
    id: notification.id,
    title,
    body: lines.join('\n'),
    isUrgent: notification.items.some(({ kind, alert }) => kind !== 'resolved' && alert.severity === 'critical'),
    isQuiet: notification.items.every(({ kind }) => kind === 'resolved'),
    alerts: notification.items.map(({ alert }) => alert.id),
    buttons: {
      acknowledge: speaker.say(alertWords.acknowledge),
      snooze: speaker.say(alertWords['snooze-hour']),
      show: speaker.say(alertWords.show),
    },
  };
}

const answerMs = 5_000;

/** Without Electron. Loaded when first used: most headless machines never show one. */
export const showByNodeNotifier: ShowDesktopNotification = async (notification, { clock, signal }) => {
  const unavailable = (told: string): Delivery => {
    return notDelivered('refused', desktopFailures['no-notifier'], { detail: told.replace(/\.$/, '') });
  };
  try {
    const { default: notifier } = await import('node-notifier');
    return await new Promise<Delivery>((resolve) => {
      // A notifier that stays open until clicked never answers; having been started is enough.
      const shown = (): void => resolve({ kind: 'delivered' });
      clock.after(answerMs, shown);
      signal.addEventListener('abort', shown, { once: true });
      // It shows none without a message.
      const message = notification.body === '' ? notification.title : notification.body;
      notifier.notify({ title: notification.title, message, sound: !notification.isQuiet, wait: false }, (error) =>
        resolve(
          error === null || error === undefined ? { kind: 'delivered' } : unavailable(error.message || String(error)),
        ),
      );
    });
  } catch (error) {
    return unavailable((error as Error).message);
  }
};
