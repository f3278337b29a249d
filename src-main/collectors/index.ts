/** What is watched on this machine: one file a subject, one line here. */
import type { Source } from '../sampling/source.ts';
import { batteryCollector } from './battery.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { cpuCollector } from './cpu.ts';
import { cpuFrequencyCollector } from './cpu-frequency.ts';
import { diskActivityCollector } from './disk-activity.ts';
import { diskSpaceCollector } from './disk-space.ts';
import { gpuCollector } from './gpu.ts';
import { memoryCollector } from './memory.ts';
import { monitorSelfCollector } from './monitor-self.ts';
import { networkCollector } from './network.ts';
import { pressureCollector } from './pressure.ts';
import { type ProcessWatch, watchProcesses } from './processes.ts';
import { temperatureCollector } from './temperature.ts';
import { uptimeCollector } from './uptime.ts';

export type { CollectorDeps } from './collector-deps.ts';
export { type ProcessWatch, watchProcesses } from './processes.ts';

/** @param processes made by `watchProcesses`, whose table the API and the alerts read too */
export const createCollectors = (deps: CollectorDeps, processes: ProcessWatch = watchProcesses(deps)): Source[] => [
  cpuCollector(deps),
  memoryCollector(deps),
  diskActivityCollector(deps),
  networkCollector(deps),
  diskSpaceCollector(deps),
  processes.source,
  monitorSelfCollector(deps),
  pressureCollector(deps),
  temperatureCollector(deps),
  uptimeCollector(),
  batteryCollector(deps),
  gpuCollector(deps),
  cpuFrequencyCollector(),
];
