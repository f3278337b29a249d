/** Which firing alert mutes which: a critical level its own warning, and what a rule says under `mutes`. Pure. */
import { severities } from '../contract/alert.ts';
import type { Labels } from '../contract/metric.ts';
import type { CompiledLevel } from './compile-rules.ts';

export interface Inhibitable {
  readonly id: string;
  readonly level: CompiledLevel;
  readonly series: string;
  readonly labels: Labels;
  readonly isFiring: boolean;
}

/** Id of the muting alert by id of the muted one. A muted alert still mutes others: what it stands for is no less true. */
export function inhibitions(alerts: readonly Inhibitable[]): ReadonlyMap<string, string> {
  const muted = new Map<string, string>();
  // Most rules mute nobody, so that a storm of alerts is not compared each with each.
  const sources = alerts.filter(
    ({ isFiring, level }) => isFiring && (level.rule.mutes.length > 0 || hasLesserLevels(level)),
  );
  // Two that mute each other must not both fall silent: the first one speaks.
  for (const source of sources)
    for (const target of alerts)
      if (target !== source && !muted.has(target.id) && muted.get(source.id) !== target.id && mutes(source, target))
        muted.set(target.id, source.id);
  return muted;
}

const hasLesserLevels = ({ rule, severity }: CompiledLevel): boolean =>
  severities.some(
    (other) => rule.levels[other] !== undefined && severities.indexOf(other) < severities.indexOf(severity),
  );

function mutes(source: Inhibitable, target: Inhibitable): boolean {
  if (source.level.rule.id === target.level.rule.id)
    return source.series === target.series && rank(source) > rank(target);
  return source.level.rule.mutes.some(
    ({ rules, equal }) =>
      (rules.includes('*') || rules.includes(target.level.rule.id)) &&
      equal.every((label) => source.labels[label] !== undefined && source.labels[label] === target.labels[label]),
  );
}

const rank = ({ level }: Inhibitable): number => severities.indexOf(level.severity);
