/** What is watched on this machine: one file a subject, one line here. */
import type { Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { cpuCollector } from './cpu.ts';
import { diskActivityCollector } from './disk-activity.ts';
import { diskSpaceCollector } from './disk-space.ts';
import { memoryCollector } from './memory.ts';
import { monitorSelfCollector } from './monitor-self.ts';
import { networkCollector } from './network.ts';

export type { CollectorDeps } from './collector-deps.ts';

export const createCollectors = (deps: CollectorDeps): Source[] => [
  cpuCollector(deps),
  memoryCollector(deps),
  diskSpaceCollector(deps),
  diskActivityCollector(deps),
  networkCollector(deps),
  monitorSelfCollector(deps),
];
