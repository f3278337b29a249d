/** An incident as one list of what happened, oldest first. Pure. */
import type { ActiveAlert } from '@contract/alerts/alert.ts';
import type { TransitionKind } from '@contract/alerts/alert-procedures.ts';
import type { Incident } from '@contract/alerts/incidents.ts';
import type { Annotation } from '@contract/annotations.ts';
import { metricOfKey } from '@contract/metric.ts';

/** Why somebody was not notified who else would have been; the other reasons are how it is meant to be. */
const withheld = ['silenced', 'inhibited', 'quiet-hours', 'channel-off'] as const;
export type WithheldReason = (typeof withheld)[number];
export const isWithheld = (reason: string): reason is WithheldReason => withheld.some((one) => one === reason);

export type IncidentEvent = { readonly key: string; readonly at: number } & (
  | { readonly kind: 'began'; readonly alert: ActiveAlert }
  | {
      readonly kind: 'transition';
      readonly transition: TransitionKind;
      readonly alert: ActiveAlert;
      readonly by: string | undefined;
    }
  | { readonly kind: 'change'; readonly change: Annotation }
  | {
      readonly kind: 'delivery';
      readonly isDelivered: boolean;
      readonly channel: string;
      readonly reason: string;
      readonly message: string;
    }
);

export function timelineOf({ root, followers, transitions, changes, deliveries }: Incident): readonly IncidentEvent[] {
  const began = [root, ...followers].map(
    ({ alert, since }): IncidentEvent => ({ key: `began ${alert.id}`, at: since, kind: 'began', alert }),
  );
  const happened = transitions.map(
    ({ id, at, kind, alert, by }): IncidentEvent => ({ key: id, at, kind: 'transition', transition: kind, alert, by }),
  );
  const changed = changes.map(
    (change): IncidentEvent => ({
      key: `${change.kind} ${change.at} ${change.subject}`,
      at: change.at,
      kind: 'change',
      change,
    }),
  );
  // A retry is told by how it ended.
  const told = deliveries
    .filter(({ outcome, reason }) => outcome !== 'retrying' && (outcome !== 'not-sent' || isWithheld(reason)))
    .map(
      ({ notification, channel, at, attempt, outcome, reason, message }): IncidentEvent => ({
        key: `${notification} ${channel} ${attempt} ${at}`,
        at,
        kind: 'delivery',
        isDelivered: outcome === 'delivered',
        channel,
        reason,
        message,
      }),
    );
  return [...began, ...changed, ...happened, ...told].toSorted((a, b) => a.at - b.at);
}

const mostCharts = 4;

/** What it was about first, and the load beside it. */
export const chartedMetrics = ({ root, followers }: Incident): readonly string[] =>
  [...new Set([root, ...followers].map(({ alert }) => metricOfKey(alert.series)).concat('system_cpu_percent'))].slice(
    0,
    mostCharts,
  );
