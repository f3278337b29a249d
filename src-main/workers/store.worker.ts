import { parentPort, workerData } from 'node:worker_threads';
import { watchedStore } from '../analysis/watched-store.ts';
import { systemClock } from '../platform/clock.ts';
import { keepHeapSmall } from '../platform/small-heap.ts';
import { createStoreThread } from '../store/store-thread.ts';
import { type Handlers, serve } from './protocol.ts';

const { path, watchPath } = workerData as { readonly path: string; readonly watchPath?: string };

keepHeapSmall(systemClock);
const store = createStoreThread({
  path,
  clock: systemClock,
  // Loaded when it is needed, which should be never.
  salvage: async (damaged, into, schema) =>
    (await import('../doctor/salvage/salvage.ts')).salvage({ path: damaged, into, sources: { profile: schema } }),
});
// Backups run in a thread of this kind, too, which has no watch.
const handlers = watchPath === undefined ? store : watchedStore(store, { path: watchPath, now: systemClock.now });
serve(parentPort!, handlers as unknown as Handlers);
