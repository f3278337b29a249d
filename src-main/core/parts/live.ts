/** Now: the last minutes in memory, the state that everyone watches, and the path of a batch through it. */
import { type LiveFeed, LivePublisher } from '../../live/live-feed.ts';
import { LiveWindow } from '../../live/live-window.ts';
import { createRuntimeStatus } from '../../live/runtime-status.ts';
import { createPause, type Pause } from '../../sampling/pause.ts';
import type { Scheduler } from '../../sampling/scheduler.ts';
import type { Store } from '../../store/open-store.ts';
import type { Alerting } from '../alerting.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import { createPipeline, type Pipeline } from '../pipeline.ts';
import type { Explain } from './explain.ts';
import type { OwnAddresses } from './own-addresses.ts';

export interface Live {
  readonly window: LiveWindow;
  readonly feed: LivePublisher & LiveFeed;
  readonly pipeline: Pipeline;
  readonly pause: Pause;
}

export interface LivePartDeps extends Foundation {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly window: LiveWindow;
  readonly explain: Explain;
  readonly alerting: Pick<Alerting, 'stage'>;
  readonly ownAddresses: OwnAddresses;
}

/** The last minutes in memory; made before those who look at them. */
export const createWindow = (): Module<LiveWindow> => ({ api: new LiveWindow(), part: { name: 'live window' } });

export function createLive(deps: LivePartDeps): Module<Live> {
  const { clock, logger, hub, notifications, store, scheduler, window, explain, alerting, ownAddresses } = deps;
  const feed = new LivePublisher();
  const pause = createPause(clock, scheduler, (until) => hub.emit('pauseChanged', until));
  const pipeline = createPipeline({
    window,
    store,
    explain,
    alerts: alerting.stage,
    publisher: feed,
    runtimeStatus: createRuntimeStatus({
      clock,
      sources: scheduler.statuses,
      pausedUntil: () => pause.until,
      store,
      alerts: alerting.stage,
      ports: () => ownAddresses.ports,
      notifications,
    }),
    onStoreFailure: (error) =>
      logger.warn('A tick could not be stored; it is kept for later', { error: error.message }),
  });
  const subscriptions = [
    hub.on('viewChanged', pipeline.republish),
    hub.on('pauseChanged', (until) => {
      // The next tick tells that sampling goes on; that it stopped, no tick does.
      if (until !== null) pipeline.republish();
    }),
  ];
  return {
    api: { window, feed, pipeline, pause },
    part: {
      name: 'live',
      stop() {
        pause[Symbol.dispose]();
        for (const subscription of subscriptions) subscription[Symbol.dispose]();
      },
    },
  };
}
