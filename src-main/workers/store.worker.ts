import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../platform/clock.ts';
import { keepHeapSmall } from '../platform/small-heap.ts';
import { createStoreThread } from '../store/store-thread.ts';
import { type Handlers, serve } from './protocol.ts';

const { path } = workerData as { readonly path: string };

keepHeapSmall(systemClock);
serve(
  parentPort!,
  createStoreThread({
    path,
    clock: systemClock,
    // Loaded when it is needed, which should be never.
    salvage: async (damaged, into, schema) =>
      (await import('../doctor/salvage/salvage.ts')).salvage({ path: damaged, into, sources: { profile: schema } }),
  }) as unknown as Handlers,
);
