/** Native notifications with buttons. Says when it could not show one, so that the next way is tried. */
import { Notification } from 'electron';
import type { Delivery } from '../notify/channel.ts';
import { type DesktopNotification, desktopFailures, type ShowDesktopNotification } from '../notify/channels/desktop.ts';
import { notDelivered } from '../notify/delivery-words.ts';

export type NotificationAction = 'acknowledge' | 'snooze' | 'show';

const actions: readonly NotificationAction[] = ['acknowledge', 'snooze', 'show'];
/** A system that says neither "shown" nor "failed" within this time has most likely shown it. */
const answerMs = 2_000;
/** Kept so that a click on an older one still finds its handler; the system forgets them about as soon. */
const maxKept = 20;

export function createNotificationShower(
  act: (action: NotificationAction, alerts: readonly string[]) => void,
): ShowDesktopNotification {
  const kept = new Set<Notification>();
  return (notification, { clock, signal }) => {
    if (!Notification.isSupported())
      return Promise.resolve(notShown('This desktop has nothing that shows notifications.'));
    return new Promise<Delivery>((resolve) => {
      const shown = build(notification);
      kept.add(shown);
      if (kept.size > maxKept) kept.delete(kept.values().next().value as Notification);
      const forget = (): void => void kept.delete(shown);
      shown.on('show', () => resolve({ kind: 'delivered' }));
      shown.on('failed', (_, error) => {
        forget();
        resolve(notShown(error));
      });
      shown.on('close', forget);
      shown.on('click', () => act('show', notification.alerts));
      shown.on('action', (event: { readonly actionIndex?: number }, index?: number) => {
        const action = actions[event.actionIndex ?? index ?? -1];
        if (action !== undefined) act(action, notification.alerts);
      });
      const patience = clock.after(answerMs, () => resolve({ kind: 'delivered' }));
      signal.addEventListener('abort', () => patience[Symbol.dispose](), { once: true });
      shown.show();
    });
  };
}

function build(notification: DesktopNotification): Notification {
  const isAboutAlerts = notification.alerts.length > 0 && !notification.isQuiet;
  return new Notification({
    title: notification.title,
    body: notification.body,
    silent: notification.isQuiet,
    urgency: notification.isUrgent ? 'critical' : 'normal',
    actions: isAboutAlerts
      ? actions.map((action) => ({ type: 'button' as const, text: notification.buttons[action] }))
      : [],
  });
}

const notShown = (detail: string): Delivery =>
  notDelivered('refused', desktopFailures['notification-failed'], { detail });
