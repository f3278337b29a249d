/** What the user should know that is not an alert: settings set aside, history restored from a backup. Shown until dismissed. */
import type { AppNotice } from '../contract/live.ts';
import type { Logger } from '../platform/logger.ts';

export interface NoticeBoard {
  /** A new array whenever it changed. */
  readonly notices: readonly AppNotice[];
  add(notices: readonly AppNotice[]): void;
  dismiss(kind: string): void;
}

export function createNoticeBoard(logger: Logger): NoticeBoard {
  let notices: readonly AppNotice[] = [];
  return {
    get notices() {
      return notices;
    },
    add(added) {
      for (const { kind, message } of added) logger.warn(message, { kind });
      notices = [...notices, ...added];
    },
    dismiss: (kind) => {
      notices = notices.filter((notice) => notice.kind !== kind);
    },
  };
}
