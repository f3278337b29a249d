/**
 * What the user should know that is not an alert: settings set aside, history restored from a backup. Shown until
 * dismissed.
 */
import type { AppNotification } from '../contract/live.ts';
import type { Logger } from '../platform/logger.ts';

export interface NotificationBoard {
  /** A new array whenever it changed. */
  readonly notifications: readonly AppNotification[];
  add(notifications: readonly AppNotification[]): void;
  dismiss(kind: string): void;
}

export function createNotificationBoard(logger: Logger): NotificationBoard {
  let notifications: readonly AppNotification[] = [];
  return {
    get notifications() {
      return notifications;
    },
    add(added) {
      for (const { kind, message } of added) logger.warn(message, { kind });
      notifications = [...notifications, ...added];
    },
    dismiss: (kind) => {
      notifications = notifications.filter((notification) => notification.kind !== kind);
    },
  };
}
