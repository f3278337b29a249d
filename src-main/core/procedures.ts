/**
 * What the procedures work on, taken from the running parts. The router is loaded with its library when a screen first
 * connects: most hours nobody looks.
 */

import type { CapacityAnalysis } from '../analysis/capacity.ts';
import type { Router, RouterDeps } from '../api/router.ts';
import { createSupportBundle } from '../api/support-bundle.ts';
import type { About } from '../contract/system.ts';
import type { LivePublisher } from '../live/live-feed.ts';
import type { LiveWindow } from '../live/live-window.ts';
import type { NotificationBoard } from '../live/notification-board.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import type { Clock } from '../platform/clock.ts';
import type { LogFile } from '../platform/logger.ts';
import { placesOfDocuments } from '../platform/paths.ts';
import type { Pause } from '../sampling/pause.ts';
import type { Scheduler } from '../sampling/scheduler.ts';
import type { SecretStore } from '../settings/secrets.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Store } from '../store/open-store.ts';
import { findDatabases } from '../targets/sqlite/find-databases.ts';
import type { TargetSet } from '../targets/target-set.ts';
import type { Alerting } from './alerting.ts';
import type { Annotations } from './annotations.ts';
import { describeForms } from './forms.ts';

export interface ProcedureParts {
  readonly clock: Clock;
  readonly logger: Pick<LogFile, 'tail'>;
  readonly about: () => About;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly store: Store;
  readonly window: LiveWindow;
  readonly publisher: LivePublisher;
  readonly notifications: NotificationBoard;
  readonly pause: Pause;
  readonly scheduler: Scheduler;
  readonly targets: TargetSet;
  readonly messages: Catalogue;
  readonly processes: RouterDeps['processes'];
  readonly capacity: CapacityAnalysis;
  readonly alerting: Alerting;
  readonly annotations: Pick<Annotations, 'annotate'>;
  readonly doctor: RouterDeps['doctor'];
  readonly cost: RouterDeps['cost'];
  /** Something is to be seen that no tick brought. */
  readonly republish: () => void;
}

export function createRouterLoader(parts: ProcedureParts): () => Promise<Router> {
  let router: Promise<Router> | undefined;
  return () => {
    router ??= import('../api/router.ts').then(({ createRouter }) => createRouter(routerDeps(parts)));
    return router;
  };
}

function routerDeps(parts: ProcedureParts): RouterDeps {
  const { clock, settings, secrets, store, notifications, pause, scheduler, targets, alerting } = parts;
  return {
    history: store,
    processes: parts.processes,
    insights: { clock, reader: store.insights, records: store.records, capacity: parts.capacity.volumes },
    doctor: parts.doctor,
    cost: parts.cost,
    messages: parts.messages,
    forms: () => describeForms(alerting.channels).map(({ form }) => form),
    sources: { statuses: () => scheduler.statuses(), runSoon: (id) => scheduler.runSoon(id) },
    targets: {
      secrets,
      statuses: targets.statuses,
      test: targets.test,
      find: () => findDatabases(placesOfDocuments()),
      acceptSchema: targets.acceptSchema,
      refresh: (id) => {
        const source = targets.sourceId(id);
        if (source !== undefined) scheduler.runSoon(source);
      },
      list: () => settings.current.targets.list,
      changeList: (change) => settings.update(({ targets: { list } }) => ({ targets: { list: change(list) } })),
    },
    alerts: {
      clock,
      alerts: alerting.stage,
      records: store.records,
      store,
      settings,
      annotate: parts.annotations.annotate,
    },
    channels: { ...alerting, records: store.records, secrets, settings },
    system: {
      clock,
      live: parts.publisher,
      window: parts.window,
      settings,
      secrets,
      about: parts.about,
      metrics: () => scheduler.metrics(),
      pause: pause.pause,
      resume: pause.resume,
      supportBundle: () =>
        createSupportBundle({
          about: parts.about(),
          settings: settings.current,
          state: parts.publisher.current,
          logLines: parts.logger.tail(500),
        }),
      dismissNotification: (kind) => {
        notifications.dismiss(kind);
        parts.republish();
      },
    },
  };
}
