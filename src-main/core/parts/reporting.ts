/** What applications report, as sources of the scheduler. */
import type { CostDesk } from '../../cost/cost-desk.ts';
import type { Scheduler } from '../../sampling/scheduler.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import { createReporting, type Reporting } from '../reporting.ts';

export function createReportingPart(
  deps: Foundation & {
    readonly scheduler: Scheduler;
    readonly cost: Pick<CostDesk, 'usage'> & { readonly before: Awaited<ReturnType<CostDesk['start']>> };
  },
): Module<Reporting> {
  const reporting = createReporting({ ...deps, usage: deps.cost.usage });
  reporting.intake.remember(deps.cost.before);
  for (const source of reporting.sources) deps.scheduler.add(source);
  return { api: reporting, part: { name: 'reporting', start: reporting.listen, stop: reporting.close } };
}
