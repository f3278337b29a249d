/** One level of one rule against the series that it looks at: begins, follows and forgets their alerts. */

import type { ExplainedCause } from '../../contract/explanation/explanation.ts';
import type { ProcessTable } from '../../contract/live.ts';
import type { Labels, Series } from '../../contract/metric.ts';
import type { AlertRule } from '../../contract/settings/alerts.ts';
import type { AlertJournal } from '../alert-journal.ts';
import { CulpritTally } from '../culprits.ts';
import { type AlertEntry, entryKey } from './alert-entry.ts';
import { type AlertState, type AlertTiming, type Step, step } from './alert-state.ts';
import type { CompiledLevel } from './compile-rules.ts';
import { type Observation, observe } from './observe.ts';
import type { SelectedValues } from './window/series-table.ts';

export interface LevelInForce {
  readonly level: CompiledLevel;
  readonly table: SelectedValues;
  /** By series key: pending, firing, or remembered for what comes. */
  readonly entries: Map<string, AlertEntry>;
}

export type CauseOfAlert = (about: {
  readonly series: string;
  readonly labels: Labels;
  readonly resource: AlertRule['culprits'];
}) => ExplainedCause | undefined;

export interface EvaluationContext {
  readonly journal: AlertJournal;
  /** Newest table of processes, for the culprits. */
  readonly processes: (() => ProcessTable | undefined) | undefined;
  /** What is behind an alert at this moment; undefined where that is not known. */
  readonly cause: CauseOfAlert | undefined;
}

/** A level that no value is near, and that remembers nothing, costs one comparison. */
export function evaluateLevel(one: LevelInForce, now: number, context: EvaluationContext): void {
  const { level, table, entries } = one;
  const { bounds, timing } = level;
  const isAbove = bounds.direction === 'above';
  const isSilenceNear = timing.noData === 'fire' && table.hasNoData;
  const isNear = isAbove ? table.max > bounds.threshold : table.min < bounds.threshold;
  if (entries.size > 0) followAll(one, now, context);
  if (isNear)
    for (const index of table.near) {
      const value = table.values[index] as number;
      if (isAbove ? value > bounds.threshold : value < bounds.threshold) begin(one, index, now, context);
    }
  if (isSilenceNear)
    for (let index = 0; index < table.tracks.length; index += 1)
      if (Number.isNaN(table.values[index])) begin(one, index, now, context);
}

function followAll({ level, table, entries }: LevelInForce, now: number, context: EvaluationContext): void {
  for (const entry of entries.values()) {
    const value = currentValue(entry, table);
    const observation = observe(value, level.bounds);
    if (observation !== 'no-data') entry.value = value;
    if (!isUneventful(entry.state, observation, level.timing, now))
      follow(entry, entries, step(entry.state, observation, level.timing, now), now, context);
    else if (entry.state.phase === 'firing') {
      tally(entry, context);
      findCause(entry, context);
    }
  }
}

/** An alert for a series that has none yet. */
function begin({ level, table, entries }: LevelInForce, index: number, now: number, context: EvaluationContext): void {
  const { series } = table.tracks[index] as { readonly series: Series };
  if (entries.has(series.key)) return;
  const value = table.values[index] as number;
  const result = step(undefined, observe(value, level.bounds), level.timing, now);
  if (result.state === undefined) return;
  const { kind } = level.rule.window;
  const entry: AlertEntry = {
    level,
    series: series.key,
    labels: series.labels,
    unit: kind === 'absence' ? 'seconds' : kind === 'rate' ? 'per_second' : series.metric.unit,
    state: result.state,
    value: Number.isNaN(value) ? null : value,
    culprits: [],
    index,
  };
  entries.set(series.key, entry);
  follow(entry, entries, result, now, context);
}

/** Takes over what a step said. */
function follow(
  entry: AlertEntry,
  entries: Map<string, AlertEntry>,
  { state, kind, reason }: Step,
  now: number,
  context: EvaluationContext,
): void {
  const { journal } = context;
  const before = entry.state;
  const isBreaching = state !== undefined && state.phase !== 'ok' && state.clearFrom === undefined;
  if (isBreaching) tally(entry, context);
  if (kind === 'resolved') {
    // Told as it was while it fired.
    journal.happened(entry, kind, now, reason ?? kind);
    endLife(entry);
  } else if (kind === 'dropped') endLife(entry);
  if (state !== undefined) entry.state = state;
  if (state?.phase === 'firing') findCause(entry, context);
  if (kind === 'fired' || kind === 'flapping') journal.happened(entry, kind, now, reason ?? kind);
  if (state === undefined) {
    entries.delete(entry.series);
    journal.forgotten(entryKey(entry));
  } else if (kind !== undefined || isWorthSaving(before, state)) journal.changed(entry);
}

function tally(entry: AlertEntry, { processes }: EvaluationContext): void {
  const { culprits } = entry.level.rule;
  const table = culprits === undefined ? undefined : processes?.();
  if (culprits === undefined || table === undefined) return;
  entry.tally ??= new CulpritTally(culprits);
  entry.tally.add(table);
}

/** The first that is known stays: what the notification said is what the history shows. */
function findCause(entry: AlertEntry, { cause }: EvaluationContext): void {
  if (entry.cause !== undefined || cause === undefined) return;
  const { series, labels, level } = entry;
  const found = cause({ series, labels, resource: level.rule.culprits });
  if (found !== undefined) entry.cause = found;
}

/** What belongs to one alert and not to the next one of the same series. */
function endLife(entry: AlertEntry): void {
  entry.culprits = [];
  delete entry.cause;
  delete entry.tally;
  delete entry.acknowledged;
  delete entry.remindedAt;
  delete entry.shown;
}

/** NaN where its series is not there: remembered from before a restart, or forgotten since. */
function currentValue(entry: AlertEntry, { tracks, values }: SelectedValues): number {
  if (entry.index === undefined || tracks[entry.index]?.series.key !== entry.series) {
    const index = tracks.findIndex(({ series }) => series.key === entry.series);
    if (index === -1) return Number.NaN;
    entry.index = index;
  }
  return values[entry.index] as number;
}

/**
 * A step would change nothing: it fires on, or is remembered for its cool-down or for the next check of the flap
 * detection.
 */
function isUneventful(
  { phase, withoutDataFrom, clearFrom, coolUntil, flap }: AlertState,
  observation: Observation,
  { flapCheckMs }: AlertTiming,
  now: number,
): boolean {
  if (withoutDataFrom !== undefined || clearFrom !== undefined) return false;
  const isCheckDue = flapCheckMs !== undefined && (flap === undefined || now - flap.at >= flapCheckMs);
  if (isCheckDue) return false;
  if (phase === 'firing') return observation === 'breached';
  if (phase !== 'ok' || observation !== 'cleared') return false;
  return now < coolUntil || (flap !== undefined && flap.changes !== 0);
}

/** Beyond kinds of step: the marks that decide what a restart makes of it. */
const isWorthSaving = (before: AlertState, after: AlertState): boolean =>
  before.clearFrom !== after.clearFrom ||
  (before.withoutDataFrom === undefined) !== (after.withoutDataFrom === undefined) ||
  before.isFlapping !== after.isFlapping;
