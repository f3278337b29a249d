/**
 * The scheduler with the sources of this machine and of the monitor itself; other parts add theirs. It ticks once
 * `ticking` starts it.
 */
import { uptime } from 'node:os';
import { anomalySource } from '../../analysis/anomaly.ts';
import { analyseCapacity, type CapacityAnalysis } from '../../analysis/capacity.ts';
import { forecastSource } from '../../analysis/forecast.ts';
import { createCollectors, type ProcessWatch, watchProcesses } from '../../collectors/index.ts';
import { closeSystemInformation } from '../../collectors/readers/system-information.ts';
import type { AppNotification } from '../../contract/live.ts';
import { identifyProcess } from '../../explain/who/identify-process.ts';
import { isSession } from '../../explain/who/tasks.ts';
import { createScheduler, type Scheduler } from '../../sampling/scheduler.ts';
import type { Store } from '../../store/open-store.ts';
import { storeSource } from '../../store/store-source.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';

export interface Sampling {
  readonly scheduler: Scheduler;
  readonly processes: ProcessWatch;
  readonly capacity: CapacityAnalysis;
}

export function createSampling({
  clock,
  options,
  logger,
  notifications,
  store,
}: Foundation & { readonly store: Store }): Module<Sampling> {
  const { dataDir } = options;
  const deps = { clock, platform: process.platform, dataDir, storeSizeBytes: () => store.status().sizeBytes };
  const processes = watchProcesses(deps, (process) => ({ ...identifyProcess(process), isSession: isSession(process) }));
  const capacity = analyseCapacity(store);
  const scheduler = createScheduler({
    clock,
    sources: [
      ...createCollectors(deps, processes),
      storeSource(() => store.status()),
      // What analyses say of hours to come are sources like any other: one line here.
      capacity.source,
      forecastSource(store.insights),
      anomalySource(store.insights, (aside) => notifications.add([setAsideNotification(aside, clock.now())])),
    ],
    onError: (error) => logger.error('A tick failed', { error }),
    uptimeSeconds: uptime,
  });
  return { api: { scheduler, processes, capacity }, part: { name: 'sampling', stop: closeSystemInformation } };
}

const setAsideNotification = (aside: string, at: number): AppNotification => ({
  kind: 'watch-damaged',
  message: `What was learned of the usual could not be read and is learned anew from the history. It lies at ${aside}.`,
  values: { aside },
  at,
});
