/**
 * A worker in a process of its own. A thread in the middle of native code can't be ended from outside, a process can:
 * whoever runs what others wrote (a query without end) runs it here.
 */
import { fileURLToPath } from 'node:url';
import type { StartNodeProcess } from '../platform/node-process.ts';
import { type Handlers, WorkerClient, type WorkerName, type WorkerPeer } from './protocol.ts';

export function startWorkerProcess<H extends Handlers>(
  name: WorkerName,
  startProcess: StartNodeProcess,
): WorkerClient<H> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const host = fileURLToPath(new URL(`./process-host.${extension}`, import.meta.url));
  let tell: (message: unknown) => void = () => {};
  let end: () => void = () => {};
  const child = startProcess(
    host,
    [name],
    () => end(),
    (message) => tell(message),
  );
  const peer: WorkerPeer = {
    postMessage: (value) => child.send(value),
    listen(onMessage, onEnd) {
      tell = onMessage;
      end = () => onEnd(new Error('The process has ended'));
    },
    async terminate() {
      await child.kill();
      end();
    },
  };
  return new WorkerClient<H>(peer);
}
