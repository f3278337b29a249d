/** What every part stands on: time, files, log, settings, secrets, and the events between parts. */
import type { AppNotification } from '../contract/live.ts';
import { type DatabaseProfile, databaseProfiles } from '../contract/profile.ts';
import type { Language } from '../contract/text/text.ts';
import { ownProfiles } from '../doctor/own-profiles.ts';
import { createNotificationBoard, type NotificationBoard } from '../live/notification-board.ts';
import type { Clock } from '../platform/clock.ts';
import { makeDataDir } from '../platform/data-folder.ts';
import { createLogFile, type LogFile } from '../platform/logger.ts';
import { dataPaths } from '../platform/paths.ts';
import { keepHeapSmall } from '../platform/small-heap.ts';
import { languageOf } from '../settings/language.ts';
import { openSecretFile, type SecretStore } from '../settings/secrets.ts';
import { openSettings, type SettingsStore } from '../settings/settings-store.ts';
import { createEventHub, type EventHub } from './event-hub.ts';
import type { MonitorOptions } from './monitor-options.ts';
import type { Module } from './part.ts';

export interface Foundation {
  readonly options: MonitorOptions;
  readonly clock: Clock;
  readonly paths: ReturnType<typeof dataPaths>;
  readonly logger: LogFile;
  readonly hub: EventHub;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  /** What the user should know that is not an alert. */
  readonly notifications: NotificationBoard;
  /** ms since the epoch */
  readonly startedAt: number;
  /** What people are spoken to in, as set now. */
  language(): Language;
  /** What databases are expected to look like: those built in and the user's. */
  profiles(): readonly DatabaseProfile[];
}

/** @throws where the data directory can't be used */
export function createFoundation(options: MonitorOptions): Module<Foundation> {
  const { clock, dataDir } = options;
  makeDataDir(dataDir);
  const paths = dataPaths(dataDir);
  const logger = createLogFile(paths.logs, clock, { echo: options.echoLog === true });
  const settings = openSettings(paths.settings, clock);
  logger.setLevel(settings.current.general.logLevel);
  settings.subscribe((next) => logger.setLevel(next.general.logLevel));
  const notifications = createNotificationBoard(logger);
  notifications.add(settings.notifications satisfies readonly AppNotification[]);
  const heap = keepHeapSmall(clock);
  return {
    api: {
      options,
      clock,
      paths,
      logger,
      hub: createEventHub(),
      settings,
      secrets: options.secrets ?? openSecretFile(paths.secrets),
      notifications,
      startedAt: clock.now(),
      language: () => languageOf(settings.current.general.language),
      profiles: () => [...databaseProfiles, ...ownProfiles(settings.current.profiles)],
    },
    part: { name: 'foundation', stop: () => heap[Symbol.dispose]() },
  };
}
