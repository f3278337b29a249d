import { implement } from '@orpc/server';
import type { ProcessTable } from '../contract/live.ts';
import { processesContract } from '../contract/processes.ts';

export function processesProcedures(deps: { readonly processTable: () => ProcessTable | undefined }) {
  const os = implement(processesContract);
  return os.router({ processes: { table: os.processes.table.handler(() => deps.processTable() ?? null) } });
}
