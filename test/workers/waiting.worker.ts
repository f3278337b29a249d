/** Serves one call that ends only when it is cancelled, and one that never looks whether it is. */
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { type CallContext, serve, yieldToMessages } from '../../src-main/workers/protocol.ts';

serve(parentPort!, {
  waitForCancel: async (tidied: string, { signal, progress }: CallContext): Promise<void> => {
    progress('begun');
    while (!signal.aborted) await yieldToMessages();
    writeFileSync(tidied, '');
  },
  waitForFile: (path: string, { progress }: CallContext): void => {
    progress('begun');
    while (!existsSync(path));
  },
});
