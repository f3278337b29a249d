/**
 * Salvages one file in a worker thread, as the doctor does, and tells its time, the peak memory of the process and how
 * long the main thread was blocked; started by salvage.bench.ts.
 */
import { readFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { salvage } from '../../src-main/doctor/salvage/salvage.ts';
import type { SalvageProgress, SalvageReport } from '../../src-main/doctor/salvage/salvage-types.ts';

export interface SalvageMeasured {
  readonly seconds: number;
  readonly peakBytes: number;
  /** The longest that the main thread worked before it could look at its timers again. */
  readonly longestBusyMs: number;
  /** The longest that its timers came late for whatever reason, a busy machine included. */
  readonly longestLateMs: number;
  readonly report: SalvageReport;
}

type Message =
  | 'ready'
  | { readonly progress: SalvageProgress }
  | { readonly seconds: number; readonly report: SalvageReport };

/**
 * Of this program alone. On Linux the peak that `resourceUsage` tells begins with that of the process which started
 * this one (it is kept over exec): a bench that has run a bundler before reports the bundler's memory.
 */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

/** A timer this often sees a block of 20 ms for certain. */
const probeMs = 5;

if (isMainThread) {
  const [path, into] = process.argv.slice(2) as [string, string];
  // The worker's own modules are loaded before the clock starts: an app has its worker running.
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { path, into },
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  const busyMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let last = 0;
  let busy = 0;
  let longestBusyMs = 0;
  let longestLateMs = 0;
  let probe: NodeJS.Timeout | undefined;
  worker.on('message', (message: Message) => {
    if (message === 'ready') {
      last = performance.now();
      busy = busyMs();
      probe = setInterval(() => {
        longestLateMs = Math.max(longestLateMs, performance.now() - last - probeMs);
        longestBusyMs = Math.max(longestBusyMs, busyMs() - busy);
        last = performance.now();
        busy = busyMs();
      }, probeMs);
      worker.postMessage('go');
      return;
    }
    if (!('report' in message)) return;
    clearInterval(probe);
    const measured: SalvageMeasured = {
      ...message,
      longestBusyMs,
      longestLateMs,
      peakBytes: peakBytes(),
    };
    process.send?.(measured, () => process.disconnect?.());
  });
  worker.on('error', (error) => {
    throw error;
  });
} else {
  const port = parentPort as NonNullable<typeof parentPort>;
  const { path, into } = workerData as { path: string; into: string };
  port.once('message', async () => {
    const start = performance.now();
    const outcome = await salvage({ path, into, onProgress: (progress) => port.postMessage({ progress }) });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    port.postMessage({ seconds: (performance.now() - start) / 1000, report: outcome.value });
  });
  port.postMessage('ready');
}
