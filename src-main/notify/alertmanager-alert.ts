/**
 * An alert in Alertmanager's words: labels that identify it, annotations that explain it. Used by webhook and
 * Alertmanager.
 */
import { createHash } from 'node:crypto';
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { Labels } from '../contract/metric.ts';
import type { Speaker } from '../messages/catalogue.ts';
import type { NotificationItem } from './channel.ts';
import { compose } from './compose.ts';

export const alertLabels = (alert: ActiveAlert, machine: string): Labels => ({
  ...alert.labels,
  alertname: alert.rule,
  severity: alert.severity,
  instance: machine,
  job: 'hakgal-monitor',
});

export function alertAnnotations(item: NotificationItem, speaker: Speaker): Labels {
  const { alert } = item;
  const [composed] = compose({ id: item.id, at: item.at, items: [item] }, speaker).items;
  return {
    summary: alert.summary,
    ...(composed !== undefined && { title: composed.title, description: composed.detail ?? composed.title }),
    ...(composed?.cause !== undefined && { cause: composed.cause }),
    ...(composed?.culprits !== undefined && { culprits: composed.culprits }),
    ...(composed?.advice !== undefined && { advice: composed.advice }),
    ...(alert.runbook !== undefined && { runbook_url: alert.runbook }),
    ...(alert.value !== null && { value: String(alert.value) }),
  };
}

/** Sixteen hex digits over the sorted labels: the same for the same alert, as receivers expect it. */
export function fingerprint(labels: Labels): string {
  const text = Object.keys(labels)
    .sort()
    .map((name) => `${name}\u0000${labels[name]}`)
    .join('\u0001');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

export const isoTime = (ms: number): string => new Date(ms).toISOString();
