/** What calls of models cost: the ledger as a source, and what it needs of a run before. */
import { join } from 'node:path';
import { type CostDesk, createCostDesk } from '../../cost/cost-desk.ts';
import type { Scheduler } from '../../sampling/scheduler.ts';
import type { Store } from '../../store/open-store.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';

/** What is known of the run before is read at once: an id that it counted must not be counted again. */
export async function createCost(
  deps: Foundation & { readonly scheduler: Scheduler; readonly store: Pick<Store, 'costs'> },
): Promise<Module<CostDesk & { readonly before: Awaited<ReturnType<CostDesk['start']>> }>> {
  const { clock, logger, settings, options, scheduler, store } = deps;
  const desk = createCostDesk({
    clock,
    records: store.costs,
    settings: () => settings.current.cost,
    pricesPath: join(options.dataDir, 'prices.json'),
    onProblem: (reason) => logger.warn('prices.json is not used', { reason }),
  });
  scheduler.add(desk.source);
  const before = await desk.start();
  return { api: { ...desk, before }, part: { name: 'cost', stopWithinMs: 1_000, stop: desk.close } };
}
