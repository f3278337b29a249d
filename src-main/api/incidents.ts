/** Incidents, made from the history of alerts when somebody asks. */
import { implement } from '@orpc/server';
import {
  type Incident,
  type IncidentSummary,
  incidentIdOf,
  incidentsContract,
  timeOfIncidentId,
} from '../contract/alerts/incidents.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import { groupIncidents } from '../incidents/group-incidents.ts';
import type { Clock } from '../platform/clock.ts';
import type { AlertRecords } from '../store/records/record-types.ts';
import { valueOrThrow } from './value-or-throw.ts';

export interface IncidentsDeps {
  readonly clock: Clock;
  readonly records: Pick<AlertRecords, 'history' | 'annotations' | 'deliveryLog'>;
}

const hourMs = 3_600_000;
/** Alerts that began before a range may belong to an incident in it. */
const leadMs = 6 * hourMs;
/** An incident that lasts longer shows what happened in it so far as this. */
const spanMs = 7 * 24 * hourMs;
const maxAlerts = 1_000;
/** What was changed shortly before is what an incident may answer to. */
const changesBeforeMs = 15 * 60_000;
const changesAfterMs = 60_000;
const maxDeliveries = 1_000;

export function incidentsProcedures({ clock, records }: IncidentsDeps) {
  const os = implement(incidentsContract);

  async function find(id: string): Promise<Outcome<Incident>> {
    const at = timeOfIncidentId(id);
    const history =
      at === undefined
        ? []
        : await records.history({ from: Math.max(0, at - leadMs), until: at + spanMs, limit: maxAlerts });
    const found = groupIncidents(history).find(
      (one) =>
        one.id === id ||
        [one.root, ...one.followers].some(({ alert, since }) => incidentIdOf({ id: alert.id, since }) === id),
    );
    if (found === undefined) return failed('no-such-incident');
    const { entries, ...incident } = found;
    const transitions = entries.flatMap((entry) => entry.transitions).toSorted((a, b) => a.at - b.at);
    const until = found.endedAt ?? clock.now();
    const [changes, deliveries] = await Promise.all([
      records.annotations({ from: found.since - changesBeforeMs, until: until + changesAfterMs }),
      records.deliveryLog({ limit: maxDeliveries }),
    ]);
    const own = new Set(transitions.map((transition) => transition.id));
    return ok({
      ...incident,
      transitions,
      changes,
      deliveries: deliveries
        .filter((entry) => entry.transitions.some((transition) => own.has(transition)))
        .toSorted((a, b) => a.at - b.at),
    });
  }

  return os.router({
    incidents: {
      list: os.incidents.list.handler(async ({ input: { from, until, limit } }) => {
        const history = await records.history({ from: Math.max(0, from - leadMs), until, limit: maxAlerts });
        return groupIncidents(history)
          .filter(({ root, followers }) => [root, ...followers].some(({ firedAt }) => firedAt >= from))
          .slice(0, limit)
          .map(({ entries: _, ...summary }): IncidentSummary => summary);
      }),
      get: os.incidents.get.handler(async ({ input, errors }) => valueOrThrow(await find(input.id), errors)),
    },
  });
}
