/**
 * The process around a worker thread: passes on what is said to either. Its own thread stays free, so that it notices
 * the end of the monitor and ends with it, whatever native code its worker is in.
 */
import { Worker } from 'node:worker_threads';
import { parentChannel } from '../platform/parent-channel.ts';

const name = process.argv[2] ?? '';
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const worker = new Worker(new URL(`./${name}.worker.${extension}`, import.meta.url), { workerData: {} });
const parent = parentChannel();
/** `process.exit` would wait for the thread. */
const end = (): void => void process.kill(process.pid, 'SIGKILL');

parent.onMessage((message) => worker.postMessage(message));
parent.onGone(end);
worker.on('message', (message) => parent.send(message));
worker.on('error', end);
worker.on('exit', end);
// Asked to end by the terminal or the system: what it does is never worth waiting for.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
