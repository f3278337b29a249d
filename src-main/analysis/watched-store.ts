/** The store's thread with the watch beside it: what was stored is watched, and both answer. */
import type { RangeAnswer, RangeQuery } from '../contract/history.ts';
import type { InsightHandlers } from '../contract/insights/insight-reader.ts';
import { createWatchThread, type WatchThreadDeps } from './watch-thread.ts';

type Watch = ReturnType<typeof createWatchThread>;
type Ticks = Parameters<Watch['addTicks']>[0];

/** What the watch needs of the store's thread. */
interface StoreOfWatch {
  open(options: never): Promise<{ readonly series: Parameters<Watch['name']>[0] }>;
  append(ticks: never): Promise<unknown>;
  range(query: RangeQuery): Promise<RangeAnswer>;
  close(nothing: null): Promise<void>;
}

export function watchedStore<S extends StoreOfWatch>(
  store: S,
  { path, now }: Pick<WatchThreadDeps, 'path' | 'now'>,
): S & InsightHandlers {
  const watch = createWatchThread({ path, now, range: (query) => store.range(query) });
  return {
    ...store,
    ...watch.handlers,
    async open(options: never) {
      const answer = await store.open(options);
      watch.name(answer.series);
      return answer;
    },
    async append(ticks: never) {
      const answer = await store.append(ticks);
      watch.addTicks(ticks as Ticks);
      return answer;
    },
    async close(nothing: null) {
      watch.save();
      await store.close(nothing);
    },
  };
}
