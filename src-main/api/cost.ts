/** The procedures of contract/cost/cost.ts. */
import { implement } from '@orpc/server';
import { costContract } from '../contract/cost/cost.ts';
import type { CostDesk } from '../cost/cost-desk.ts';
import { valueOrThrow } from './value-or-throw.ts';

export type CostDeps = Pick<CostDesk, 'analysis' | 'months' | 'csv' | 'importPrices' | 'exportPrices'>;

export function costProcedures(desk: CostDeps) {
  const os = implement(costContract);
  return os.router({
    cost: {
      analysis: os.cost.analysis.handler(() => desk.analysis()),
      months: os.cost.months.handler(({ input }) => desk.months(input.count)),
      csv: os.cost.csv.handler(async ({ input }) => ({ text: await desk.csv(input) })),
      importPrices: os.cost.importPrices.handler(async ({ input, errors }) => ({
        models: valueOrThrow(await desk.importPrices(input.text), errors),
      })),
      exportPrices: os.cost.exportPrices.handler(async () => ({ text: await desk.exportPrices() })),
    },
  });
}
