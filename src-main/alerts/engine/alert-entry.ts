/** One alert in the making or in force: its state, what the user did to it, and how it is shown. */
import type { ActiveAlert, Culprit } from '../../contract/alerts/alert.ts';
import type { ExplainedCause } from '../../contract/explanation/explanation.ts';
import type { Labels } from '../../contract/metric.ts';
import type { CulpritTally } from '../culprits.ts';
import { ownWordsOf } from '../rule-book/own-words.ts';
import { summarize } from '../summarize.ts';
import type { AlertState } from './alert-state.ts';
import type { CompiledLevel } from './compile-rules.ts';

export interface AlertEntry {
  level: CompiledLevel;
  readonly series: string;
  readonly labels: Labels;
  readonly unit: string;
  state: AlertState;
  value: number | null;
  tally?: CulpritTally;
  /** Of the tally; from before a restart until it has something. */
  culprits: readonly Culprit[];
  /** As it was first known. */
  cause?: ExplainedCause;
  acknowledged?: { readonly at: number; readonly by: string };
  /** When it was last told about. */
  remindedAt?: number;
  /** As it was shown last. */
  shown?: ActiveAlert;
  /** Made once, see `summarize`. */
  summaryFor?: (value: number | null) => string;
  /** Made once a life. */
  id?: { readonly since: number; readonly text: string };
  /** Place of its series in the level's table; checked before use. */
  index?: number;
}

export const entryKey = (entry: AlertEntry): string => `${entry.level.id}|${entry.series}`;

export function alertId(entry: AlertEntry): string {
  const { level, series, state } = entry;
  if (entry.id?.since !== state.since)
    entry.id = { since: state.since, text: `${level.rule.id}/${level.severity}/${series}@${state.since}` };
  return entry.id.text;
}

/** Why it may not be told at the moment. */
interface Muting {
  readonly inhibitedBy?: string | undefined;
  readonly silencedUntil?: number | undefined;
}

/** The alert as everyone sees it; the object shown before, where nothing about it has changed. */
export function showAlert(entry: AlertEntry, { inhibitedBy, silencedUntil }: Muting): ActiveAlert {
  const { level, series, labels, unit, state, value, acknowledged } = entry;
  const { rule, bounds } = level;
  const culprits = entry.tally?.culprits ?? [];
  if (culprits.length > 0) entry.culprits = culprits;
  entry.summaryFor ??= summarize({
    title: rule.title,
    labels,
    threshold: bounds.threshold,
    unit,
    direction: bounds.direction,
  });
  const before = entry.shown;
  const isFiring = state.phase === 'firing';
  if (
    before !== undefined &&
    before.value === value &&
    before.since === state.since &&
    before.firedAt === state.firedAt &&
    before.acknowledged === acknowledged &&
    before.inhibitedBy === inhibitedBy &&
    before.silencedUntil === silencedUntil &&
    before.cause === entry.cause &&
    (before.isFlapping ?? false) === state.isFlapping &&
    (before.isWithoutData ?? false) === (state.withoutDataFrom !== undefined) &&
    sameCulprits(before.culprits, entry.culprits)
  )
    return before;
  entry.shown = {
    id: alertId(entry),
    rule: rule.id,
    title: rule.title,
    severity: level.severity,
    state: isFiring ? 'firing' : 'pending',
    summary: entry.summaryFor(value),
    labels,
    series,
    unit,
    value,
    threshold: bounds.threshold,
    direction: bounds.direction,
    since: state.since,
    ...(state.firedAt !== undefined && { firedAt: state.firedAt }),
    ...(rule.culprits !== undefined && { resource: rule.culprits }),
    culprits: entry.culprits,
    ...(entry.cause !== undefined && { cause: entry.cause }),
    ...(acknowledged !== undefined && { acknowledged }),
    ...(silencedUntil !== undefined && { silencedUntil }),
    ...(inhibitedBy !== undefined && { inhibitedBy }),
    ...(state.isFlapping && { isFlapping: true }),
    ...(state.withoutDataFrom !== undefined && { isWithoutData: true }),
    ...(rule.advice !== undefined && { advice: rule.advice }),
    ...(rule.runbook !== undefined && { runbook: rule.runbook }),
    ...ownWordsOf(rule),
  };
  return entry.shown;
}

const sameCulprits = (a: readonly Culprit[], b: readonly Culprit[]): boolean =>
  a === b ||
  (a.length === b.length && a.every((one, index) => one.pid === b[index]?.pid && one.value === b[index]?.value));
