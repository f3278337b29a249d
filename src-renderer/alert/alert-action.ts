/** Where the cause of an alert can be looked at or mended. Pure. */
import type { ActiveAlert } from '@contract/alerts/alert.ts';
import { repairableTarget } from '@contract/alerts/repairable-alerts.ts';
import { metricOfKey } from '@contract/metric.ts';
import type { TargetStatus } from '@contract/targets.ts';
import type { MessageKey } from '../i18n/en.ts';

export interface AlertAction {
  readonly label: MessageKey;
  /** Of a screen. */
  readonly path: string;
  /** The doctor has an answer. */
  readonly isRepair?: boolean;
}

/** @param target the one that the alert is about, where it is about one */
export function alertAction(alert: ActiveAlert, target: TargetStatus | undefined): AlertAction {
  const repairable = repairableTarget(alert);
  if (repairable !== undefined) return { label: 'doctor.repair', path: `/databases/${repairable}`, isRepair: true };
  if (target?.settings.kind === 'sqlite')
    return { label: 'alert.open.database', path: `/databases/${target.settings.id}` };
  if (target !== undefined) return { label: 'alert.open.service', path: '/services' };
  if (alert.resource !== undefined) return { label: 'alert.open.processes', path: '/processes' };
  return { label: 'alert.open.history', path: `/trends/1h/${metricOfKey(alert.series)}` };
}
