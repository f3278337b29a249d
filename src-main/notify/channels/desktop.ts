/**
 * A notice on the desktop: by the shell's own notifications where it hands them in (Electron, with buttons), else by
 * node-notifier, else not at all with the reason said.
 */
import { z } from 'zod';
import { sentences } from '../../contract/text/message.ts';
import { alertWords } from '../../messages/alert-words.ts';
import type { Speaker } from '../../messages/catalogue.ts';
import type { Channel, Delivery, Notice, SendContext } from '../channel.ts';
import { composeShort } from '../compose.ts';
import { notDelivered } from '../delivery-words.ts';

export interface DesktopNotice {
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
export type ShowDesktopNotice = (
  notice: DesktopNotice,
  context: Pick<SendContext, 'clock' | 'signal'>,
) => Promise<Delivery>;

export function createDesktopChannel(shown: readonly ShowDesktopNotice[]): Channel<Record<string, never>> {
  return {
    kind: 'desktop',
    title: { en: 'Desktop notification', de: 'Desktop-Benachrichtigung' },
    help: { en: 'A notification on this computer.', de: 'Eine Benachrichtigung auf diesem Rechner.' },
    fields: [],
    failures: desktopFailures,
    options: z.object({}),
    async send(notice, _config, context) {
      const desktop = toDesktopNotice(notice, context.speaker);
      let last: Delivery = notDelivered('refused', desktopFailures['no-desktop']);
      // Each way in turn: where Electron's notification fails (an unsigned app on macOS), the system's own tool may work.
      for (const show of shown) {
        last = await show(desktop, context);
        if (last.kind === 'delivered') return last;
      }
      return last;
    },
  };
}

function toDesktopNotice(notice: Notice, speaker: Speaker): DesktopNotice {
  const { title, lines } = composeShort(notice, speaker);
  return {
    id: notice.id,
    title,
    body: lines.join('\n'),
    isUrgent: notice.items.some(({ kind, alert }) => kind !== 'resolved' && alert.severity === 'critical'),
    isQuiet: notice.items.every(({ kind }) => kind === 'resolved'),
    alerts: notice.items.map(({ alert }) => alert.id),
    buttons: {
      acknowledge: speaker.say(alertWords.acknowledge),
      snooze: speaker.say(alertWords['snooze-hour']),
      show: speaker.say(alertWords.show),
    },
  };
}

const answerMs = 5_000;

/** Without Electron. Loaded when first used: most headless machines never show one. */
export const showByNodeNotifier: ShowDesktopNotice = async (notice, { clock, signal }) => {
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
      const message = notice.body === '' ? notice.title : notice.body;
      notifier.notify({ title: notice.title, message, sound: !notice.isQuiet, wait: false }, (error) =>
        resolve(
          error === null || error === undefined ? { kind: 'delivered' } : unavailable(error.message || String(error)),
        ),
      );
    });
  } catch (error) {
    return unavailable((error as Error).message);
  }
};
