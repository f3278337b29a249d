/** Native notifications with buttons. Says when it could not show one, so that the next way is tried. */
import { Notification } from 'electron';
import type { Delivery } from '../notify/channel.ts';
import { type DesktopNotice, desktopFailures, type ShowDesktopNotice } from '../notify/channels/desktop.ts';
import { notDelivered } from '../notify/delivery-words.ts';

export type NoticeAction = 'acknowledge' | 'snooze' | 'show';

const actions: readonly NoticeAction[] = ['acknowledge', 'snooze', 'show'];
/** A system that says neither "shown" nor "failed" within this time has most likely shown it. */
const answerMs = 2_000;
/** Kept so that a click on an older one still finds its handler; the system forgets them about as soon. */
const maxKept = 20;

export function createNoticeShower(act: (action: NoticeAction, alerts: readonly string[]) => void): ShowDesktopNotice {
  const kept = new Set<Notification>();
  return (notice, { clock, signal }) => {
    if (!Notification.isSupported())
      return Promise.resolve(notShown('This desktop has nothing that shows notifications.'));
    return new Promise<Delivery>((resolve) => {
      const shown = build(notice);
      kept.add(shown);
      if (kept.size > maxKept) kept.delete(kept.values().next().value as Notification);
      const forget = (): void => void kept.delete(shown);
      shown.on('show', () => resolve({ kind: 'delivered' }));
      shown.on('failed', (_, error) => {
        forget();
        resolve(notShown(error));
      });
      shown.on('close', forget);
      shown.on('click', () => act('show', notice.alerts));
      shown.on('action', (event: { readonly actionIndex?: number }, index?: number) => {
        const action = actions[event.actionIndex ?? index ?? -1];
        if (action !== undefined) act(action, notice.alerts);
      });
      const patience = clock.after(answerMs, () => resolve({ kind: 'delivered' }));
      signal.addEventListener('abort', () => patience[Symbol.dispose](), { once: true });
      shown.show();
    });
  };
}

function build(notice: DesktopNotice): Notification {
  const isAboutAlerts = notice.alerts.length > 0 && !notice.isQuiet;
  return new Notification({
    title: notice.title,
    body: notice.body,
    silent: notice.isQuiet,
    urgency: notice.isUrgent ? 'critical' : 'normal',
    actions: isAboutAlerts ? actions.map((action) => ({ type: 'button' as const, text: notice.buttons[action] })) : [],
  });
}

const notShown = (detail: string): Delivery =>
  notDelivered('refused', desktopFailures['notification-failed'], { detail });
