/** Which firing alert mutes which: a critical level its own warning, and what a rule says under `inhibits`. Pure. */
import { severities } from '../../contract/alerts/alert.ts';
import { type AlertEntry, alertId } from './alert-entry.ts';

/**
 * Id of the muting alert by id of the muted one. A muted alert still mutes others: what it stands for is no less true.
 */
export function inhibitions(alerts: readonly AlertEntry[]): ReadonlyMap<string, string> {
  const muted = new Map<string, string>();
  // Few can, so that a storm of alerts is not compared each with each.
  const sources = alerts.filter(({ state, level }) => level.canMute && state.phase === 'firing');
  for (const source of sources) {
    const sourceId = alertId(source);
    for (const target of alerts) {
      if (target === source || !mutes(source, target)) continue;
      const targetId = alertId(target);
      // Two that mute each other must not both fall silent: the first one speaks.
      if (!muted.has(targetId) && muted.get(sourceId) !== targetId) muted.set(targetId, sourceId);
    }
  }
  return muted;
}

function mutes(source: AlertEntry, target: AlertEntry): boolean {
  if (source.level.rule.id === target.level.rule.id)
    return source.series === target.series && rank(source) > rank(target);
  return source.level.rule.inhibits.some(
    ({ rules, equal }) =>
      (rules.includes('*') || rules.includes(target.level.rule.id)) &&
      equal.every((label) => source.labels[label] !== undefined && source.labels[label] === target.labels[label]),
  );
}

const rank = ({ level }: AlertEntry): number => severities.indexOf(level.severity);
