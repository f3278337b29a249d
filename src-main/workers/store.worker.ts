import { parentPort, workerData } from 'node:worker_threads';
import { createStoreThread } from '../store/store-thread.ts';
import { type Handlers, serve } from './protocol.ts';

serve(parentPort!, createStoreThread((workerData as { readonly path: string }).path) as unknown as Handlers);
