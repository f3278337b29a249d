/** What can be found to slow a machine down. To add a finder: a file here and a line below. */
import type { CauseFinder } from '../cause.ts';
import { cpuFinder } from './cpu.ts';
import { databaseFinder } from './database.ts';
import { diskFinder } from './disk.ts';
import { memoryFinder } from './memory.ts';
import { monitorFinder } from './monitor.ts';
import { networkFinder } from './network.ts';
import { serviceFinder } from './service.ts';
import { thermalFinder } from './thermal.ts';

export const causeFinders: readonly CauseFinder[] = [
  cpuFinder,
  memoryFinder,
  diskFinder,
  networkFinder,
  databaseFinder,
  serviceFinder,
  thermalFinder,
  monitorFinder,
];
