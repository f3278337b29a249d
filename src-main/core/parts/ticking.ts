/**
 * Begins to tick once everything is there to take a batch, and chooses how often sources run. Stops first of all that
 * measures.
 */
import { isOnBattery } from '../../platform/power.ts';
import { adaptIntervals } from '../../sampling/adapt-intervals.ts';
import type { Scheduler } from '../../sampling/scheduler.ts';
import type { Store } from '../../store/open-store.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import type { Live } from './live.ts';

export interface TickingDeps extends Foundation {
  readonly scheduler: Scheduler;
  readonly store: Pick<Store, 'newestAt'>;
  readonly live: Pick<Live, 'pipeline' | 'feed'>;
}

const notChoosing: Disposable = { [Symbol.dispose]: () => {} };

export function createTicking(deps: TickingDeps): Module<undefined> {
  const { clock, options, settings, scheduler, store, live } = deps;
  let choosing = notChoosing;
  return {
    api: undefined,
    part: {
      name: 'ticking',
      start() {
        scheduler.start(live.pipeline.accept, store.newestAt);
        const circumstances = () => ({
          isOnBattery: options.isOnBattery?.() ?? isOnBattery() ?? false,
          // A server has no window; its readers are scrapers that come without being seen here.
          isWatched: options.shell === 'headless' || live.feed.isWatched,
          ...settings.current.sampling,
        });
        choosing = adaptIntervals(clock, circumstances, scheduler.setIntervals);
      },
      async stop() {
        choosing[Symbol.dispose]();
        await scheduler.close();
      },
    },
  };
}
