import { implement } from '@orpc/server';
import type { ProcessTable } from '../contract/live.ts';
import { processesContract } from '../contract/processes.ts';
import type { ProcessDesk } from '../processes/process-desk.ts';
import { valueOrThrow } from './value-or-throw.ts';

export interface ProcessesDeps {
  readonly processTable: () => ProcessTable | undefined;
  readonly desk: ProcessDesk;
}

export function processesProcedures({ processTable, desk }: ProcessesDeps) {
  const os = implement(processesContract).processes;
  return implement(processesContract).router({
    processes: {
      table: os.table.handler(() => processTable() ?? null),
      details: os.details.handler(({ input, errors }) => valueOrThrow(desk.details(input.pid), errors)),
      command: os.command.handler(({ input, errors }) => valueOrThrow(desk.command(input), errors)),
      end: os.end.handler(async ({ input, errors }) => valueOrThrow(await desk.end(input, input.how), errors)),
      lowerPriority: os.lowerPriority.handler(async ({ input, errors }) =>
        valueOrThrow(await desk.lowerPriority(input), errors),
      ),
      restorePriority: os.restorePriority.handler(async ({ input, errors }) =>
        valueOrThrow(await desk.restorePriority(input), errors),
      ),
    },
  });
}
