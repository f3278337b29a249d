/** What can be seen of and done to one process; what was done is noted in the history. */

import { openLoweredList } from '../../processes/lowered-list.ts';
import { createProcessDesk, type ProcessDesk } from '../../processes/process-desk.ts';
import type { Annotations } from '../annotations.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import type { Sampling } from './sampling.ts';

export interface ProcessesPartDeps extends Foundation, Sampling {
  readonly annotations: Pick<Annotations, 'annotate'>;
}

export function createProcesses({
  clock,
  paths,
  logger,
  processes,
  annotations,
}: ProcessesPartDeps): Module<ProcessDesk> {
  const desk = createProcessDesk({
    clock,
    platform: process.platform,
    find: processes.find,
    childrenOf: processes.childrenOf,
    self: process.pid,
    uid: process.getuid?.() ?? null,
    lowered: openLoweredList(paths.loweredPriorities, logger),
    onDone: (what, label) => annotations.annotate(what, label),
  });
  return { api: desk, part: { name: 'processes' } };
}
