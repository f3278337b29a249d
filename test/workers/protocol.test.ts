import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { threadPeer, WorkerClient } from '../../src-main/workers/protocol.ts';
import { temporaryFolder } from '../support/temporary.ts';

const start = () => {
  const worker = new Worker(new URL('./waiting.worker.ts', import.meta.url));
  return { client: new WorkerClient(threadPeer(worker)), exit: once(worker, 'exit') };
};

/** A call that is under way; how it ends does not matter. */
const begin = (client: WorkerClient<Record<string, (path: string) => void>>, name: string, path: string) =>
  new Promise<void>((resolve) => {
    client.call(name, path, { onProgress: () => resolve() }).catch(() => {});
  });

it('a thread told to end sees that it is cancelled, tidies up and ends by itself', async () => {
  const { client, exit } = start();
  const tidied = join(temporaryFolder(), 'tidied');
  await begin(client, 'waitForCancel', tidied);
  client.end();
  // 1 is the code of a thread that was terminated.
  expect(await exit).toEqual([0]);
  expect(existsSync(tidied)).toBe(true);
  await expect(client.call('waitForCancel', tidied)).rejects.toThrow('has ended');
});

it('a thread that does not look whether it is cancelled can be terminated', async () => {
  const { client, exit } = start();
  await begin(client, 'waitForFile', join(temporaryFolder(), 'never'));
  client.end();
  await client.terminate();
  expect(await exit).toEqual([1]);
});

it('a thread with nothing to do ends at once when told to', async () => {
  const { client, exit } = start();
  client.end();
  expect(await exit).toEqual([0]);
});
