/** Health as one number with its reasons. Pure; the costs are data, so that a user can see what a point is worth. */
import type { ActiveAlert, Severity } from '../contract/alerts/alert.ts';
import type { Health, HealthReason, SourceStatus } from '../contract/live.ts';

const alertCost: Record<Severity, number> = { critical: 0.3, warning: 0.1, info: 0 };
const failedSourceCost = 0.05;
const failingStoreCost = 0.3;
/** Below these the status changes; one critical alert alone is "degraded", two are "unhealthy". */
const degradedBelow = 0.95;
const unhealthyBelow = 0.5;

export interface HealthInput {
  readonly alerts: readonly ActiveAlert[];
  readonly sources: readonly SourceStatus[];
  /** Why nothing is stored, when that is so. */
  readonly storeFailure?: string;
}

export function judgeHealth({ alerts, sources, storeFailure }: HealthInput): Health {
  const reasons: HealthReason[] = [];
  for (const alert of alerts) {
    if (alert.state !== 'firing' || alert.inhibitedBy !== undefined) continue;
    reasons.push({ kind: 'alert', message: alert.summary, about: alert.id, cost: alertCost[alert.severity] });
  }
  for (const source of sources) {
    if (source.state !== 'failed' && source.state !== 'timed-out') continue;
    reasons.push({
      kind: 'source-failed',
      message: `${source.title}: ${source.reason ?? 'failed'}`,
      about: source.id,
      cost: failedSourceCost,
    });
  }
  if (storeFailure !== undefined) {
    reasons.push({
      kind: 'store-failing',
      message: `Nothing is being stored: ${storeFailure}`,
      detail: storeFailure,
      cost: failingStoreCost,
    });
  }
  // The worst first; what costs the same stays in the order of the alerts and the sources.
  reasons.sort((a, b) => b.cost - a.cost);
  const score = Math.max(0, 1 - reasons.reduce((sum, reason) => sum + reason.cost, 0));
  const status = score < unhealthyBelow ? 'unhealthy' : score < degradedBelow ? 'degraded' : 'healthy';
  return { status, score: Math.round(score * 100) / 100, reasons };
}
