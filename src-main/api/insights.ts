/** What the insights say: the procedures of contract/insights.ts. */
import { implement } from '@orpc/server';
import { insightsContract, type VolumeCapacity } from '../contract/insights/insights-procedures.ts';

export interface InsightsDeps {
  readonly capacity: () => readonly VolumeCapacity[];
}

export function insightsProcedures(deps: InsightsDeps) {
  const os = implement(insightsContract);
  return os.router({ insights: { capacity: os.insights.capacity.handler(() => deps.capacity()) } });
}
