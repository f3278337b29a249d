/** Which alerts are one incident. Pure: a history in, incidents out; the same history always gives the same ones. */
import { type ActiveAlert, severities } from '../contract/alerts/alert.ts';
import type { HistoryEntry } from '../contract/alerts/alert-procedures.ts';
import { type IncidentAlert, type IncidentSummary, incidentIdOf } from '../contract/alerts/incidents.ts';
import { metricOfKey } from '../contract/metric.ts';

/** Things that went down so shortly one after the other went down together; each is looked at every ten seconds. */
const togetherMs = 60_000;
/** What comes again so soon is the same trouble. */
const againMs = 5 * 60_000;

interface Member extends IncidentAlert {
  readonly entry: HistoryEntry;
}

/** @returns the newest first, with the entries of each for its timeline */
export function groupIncidents(
  history: readonly HistoryEntry[],
): readonly (IncidentSummary & { readonly entries: readonly HistoryEntry[] })[] {
  const members = history.flatMap(memberOf).toSorted((a, b) => a.since - b.since || (a.alert.id < b.alert.id ? -1 : 1));
  const groups: Member[][] = [];
  for (const member of members) {
    const own = groups.filter((group) => group.some((other) => belongTogether(other, member)));
    const [first, ...others] = own;
    if (first === undefined) {
      groups.push([member]);
      continue;
    }
    first.push(member, ...others.flat());
    for (const other of others) groups.splice(groups.indexOf(other), 1);
  }
  return groups.map(incidentOf).toSorted((a, b) => b.since - a.since);
}

function memberOf(entry: HistoryEntry): readonly Member[] {
  const shown = entry.transitions.find(({ kind }) => kind === 'fired') ?? entry.transitions[0];
  if (shown === undefined) return [];
  // The cause may have been found a little after it fired.
  const cause = shown.alert.cause ?? entry.transitions.findLast(({ alert }) => alert.cause !== undefined)?.alert.cause;
  const alert = { ...shown.alert, ...(cause !== undefined && { cause }) };
  return [{ entry, alert, since: entry.since, firedAt: entry.firedAt, resolvedAt: entry.resolvedAt }];
}

/** `one` began before `other`. */
function belongTogether(one: Member, other: Member): boolean {
  const end = one.resolvedAt ?? Number.POSITIVE_INFINITY;
  const [a, b] = [one.alert, other.alert];
  const isSameSeries = a.rule === b.rule && a.series === b.series;
  if (other.since > end + (isSameSeries ? againMs : togetherMs)) return false;
  if (isSameSeries || a.series === b.series) return true;
  if (mutes(one, b) || mutes(other, a)) return true;
  if (a.labels.target !== undefined && a.labels.target === b.labels.target) return true;
  if (other.since > end) return false;
  if (hasSameCause(a, b)) return true;
  return isDown(a) && isDown(b) && other.since - one.since <= togetherMs;
}

const mutes = ({ entry }: Member, { inhibitedBy }: ActiveAlert): boolean =>
  inhibitedBy !== undefined && entry.transitions.some(({ alert }) => alert.id === inhibitedBy);

const hasSameCause = ({ cause: one }: ActiveAlert, { cause: other }: ActiveAlert): boolean =>
  one !== undefined && other !== undefined && one.kind === other.kind && one.name !== null && one.name === other.name;

/** Something watched that does not answer. */
const isDown = ({ series }: ActiveAlert): boolean => metricOfKey(series) === 'target_up';

/** A program before the port it listens on, and that before the address that is served there. */
const foundation: Readonly<Record<string, number>> = { process: 0, sqlite: 1, port: 2, prometheus: 3, http: 4, log: 5 };
const depthOf = ({ labels }: ActiveAlert): number => foundation[labels.kind ?? ''] ?? 9;

function incidentOf(group: readonly Member[]): ReturnType<typeof groupIncidents>[number] {
  const first = group.reduce((a, b) => (b.since < a.since ? b : a));
  const near = group.filter(({ since }) => since - first.since <= togetherMs);
  const isMuted = ({ alert }: Member): boolean => alert.inhibitedBy !== undefined;
  const root = near.reduce((best, one) => {
    if (isMuted(best) !== isMuted(one)) return isMuted(best) ? one : best;
    const [a, b] = [depthOf(best.alert), depthOf(one.alert)];
    if (isDown(best.alert) && isDown(one.alert) && a !== b) return b < a ? one : best;
    if (best.since !== one.since) return one.since < best.since ? one : best;
    return severities.indexOf(one.alert.severity) > severities.indexOf(best.alert.severity) ? one : best;
  });
  const ends = group.map(({ resolvedAt }) => resolvedAt);
  const causes = [root, ...group].flatMap(({ alert: { cause } }) => (cause === undefined ? [] : [cause]));
  const shown = ({ alert, since, firedAt, resolvedAt }: Member): IncidentAlert => ({
    alert,
    since,
    firedAt,
    resolvedAt,
  });
  return {
    id: incidentIdOf({ id: first.alert.id, since: first.since }),
    since: first.since,
    endedAt: ends.some((end) => end === null) ? null : Math.max(...(ends as number[])),
    severity: severities[Math.max(...group.map(({ alert }) => severities.indexOf(alert.severity)))] ?? 'info',
    root: shown(root),
    followers: group.filter((one) => one !== root).map(shown),
    cause: causes[0] ?? null,
    entries: group.map(({ entry }) => entry),
  };
}
