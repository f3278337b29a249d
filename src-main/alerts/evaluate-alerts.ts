/**
 * Every rule against every series it fits, once a tick: batches in, active alerts and transitions out. Holds state but does
 * nothing with it: time comes with the batch, and whatever follows (storing, telling) is the caller's.
 */
import type { ActiveAlert, Severity } from '../contract/alert.ts';
import type { Silence, Transition, TransitionKind } from '../contract/alerts.ts';
import type { Batch } from '../contract/batch.ts';
import type { ProcessTable } from '../contract/live.ts';
import type { Series } from '../contract/metric.ts';
import type { AlertRule } from '../contract/settings/alerts.ts';
import {
  type AlertEntry,
  alertId,
  entryKey,
  type SavedEntry,
  savedEntrySchema,
  saveEntry,
  showAlert,
} from './alert-entry.ts';
import { type AlertState, type Step, shift, step } from './alert-state.ts';
import { type CompiledLevel, compileRules } from './compile-rules.ts';
import { CulpritTally } from './culprits.ts';
import { inhibitions } from './inhibit.ts';
import { type Observation, observe } from './observe.ts';
import { silenceFor } from './silences.ts';
import { type SelectedValues, SeriesTable } from './window/series-table.ts';

/** A remembered state that changed; null: nothing is remembered any more. */
export interface StateChange {
  readonly key: string;
  readonly entry: SavedEntry | null;
}

export interface Evaluation {
  /** The same array as before where nothing has changed. */
  readonly active: readonly ActiveAlert[];
  readonly transitions: readonly Transition[];
  readonly changes: readonly StateChange[];
}

export interface AlertEngineOptions {
  /** Distance of two batches; a longer silence is taken out of every hold, with or without a recorded gap. */
  readonly tickMs?: number;
  /** How often a firing alert is told again; undefined: never. */
  readonly repeatMs?: (severity: Severity) => number | undefined;
  /** Newest table of processes, for the culprits. */
  readonly processes?: () => ProcessTable | undefined;
}

interface LevelInForce {
  readonly level: CompiledLevel;
  readonly table: SelectedValues;
  readonly entries: Map<string, AlertEntry>;
}

const forgetEveryMs = 60_000;

export class AlertEngine {
  readonly #options: AlertEngineOptions;
  readonly #tickMs: number;
  readonly #table = new SeriesTable();
  #levels: LevelInForce[] = [];
  #silences: readonly Silence[] = [];
  #active: readonly ActiveAlert[] = [];
  #lastAt: number | undefined;
  #evaluations = 0;
  #forgotAt = 0;
  /** Entries of rules that are gone; they end with the next evaluation. */
  #orphans: AlertEntry[] = [];
  #transitions: Transition[] = [];
  #changes = new Map<string, StateChange>();

  constructor(rules: readonly AlertRule[], options: AlertEngineOptions = {}) {
    this.#options = options;
    this.#tickMs = options.tickMs ?? 1000;
    this.setRules(rules);
  }

  get active(): readonly ActiveAlert[] {
    return this.#active;
  }

  /** Alerts of rules that stay keep their state; those of rules that went resolve at the next tick. */
  setRules(rules: readonly AlertRule[]): void {
    const { levels, selections } = compileRules(rules);
    const before = new Map(this.#levels.map((one) => [one.level.id, one]));
    this.#table.setSelections(selections);
    this.#levels = levels.map((level) => {
      const old = before.get(level.id);
      // A rule that now looks at another metric is another rule.
      const isSame = old?.level.rule.metric === level.rule.metric;
      if (isSame) before.delete(level.id);
      const entries = isSame ? old.entries : new Map<string, AlertEntry>();
      for (const entry of entries.values()) {
        entry.level = level;
        delete entry.shown;
      }
      const table = this.#table.table(level.selectionId);
      const { direction, enter } = level.bounds;
      if (direction === 'above') table.mildest.above = Math.min(table.mildest.above, enter);
      else table.mildest.below = Math.max(table.mildest.below, enter);
      return { level, table, entries };
    });
    for (const { entries } of before.values()) this.#orphans.push(...entries.values());
  }

  setSilences(silences: readonly Silence[], now: number): void {
    this.#silences = silences;
    this.#show(now);
  }

  /** Puts back what an earlier run had saved; `lastAt` is the time of its last tick. Unreadable entries are passed over. */
  restore(saved: readonly unknown[], lastAt: number | undefined): void {
    this.#lastAt = lastAt;
    for (const one of saved) {
      const read = savedEntrySchema.safeParse(one);
      if (!read.success) continue;
      const { rule, severity, ...rest } = read.data;
      const place = this.#levels.find(({ level }) => level.rule.id === rule && level.severity === severity);
      const entry = { ...rest, level: place?.level, seenIn: 0 } as AlertEntry;
      if (place === undefined)
        this.#changes.set(`${rule}|${severity}|${rest.series}`, {
          key: `${rule}|${severity}|${rest.series}`,
          entry: null,
        });
      else place.entries.set(entry.series, entry);
    }
    if (lastAt !== undefined) this.#show(lastAt);
  }

  /** Series that were known before the start, so that a rule for absence misses them. */
  know(series: readonly { readonly series: Series; readonly lastAt: number }[]): void {
    this.#table.know(series);
  }

  /** Series that rules look at, by rule id. */
  seriesCount(ruleId: string): number {
    return this.#levels.find(({ level }) => level.rule.id === ruleId)?.table.tracks.length ?? 0;
  }

  evaluate(batch: Batch): Evaluation {
    this.step(batch);
    return this.drain();
  }

  /** Evaluates; what came of it is got by `drain`. */
  step(batch: Batch): void {
    const now = batch.at;
    this.#evaluations += 1;
    this.#takeOut(this.#silentMs(batch));
    this.#lastAt = now;
    this.#table.accept(batch.samples, now);
    for (const orphan of this.#orphans.splice(0)) this.#end(orphan, now, 'rule-removed');
    for (const one of this.#levels) this.#evaluateLevel(one, now);
    this.#show(now);
    this.#remind(now);
    if (now - this.#forgotAt >= forgetEveryMs) this.#forget(now);
  }

  /** What has happened since the last time, without evaluating: after a person did something. */
  drain(): Evaluation {
    const evaluation = { active: this.#active, transitions: this.#transitions, changes: [...this.#changes.values()] };
    this.#transitions = [];
    this.#changes = new Map();
    return evaluation;
  }

  /** Undefined where there is no such alert (any more). What changed comes out of the next drain. */
  acknowledge(id: string, by: string, at: number): ActiveAlert | undefined {
    return this.#change(id, (entry) => {
      entry.acknowledged = { at, by };
      return { kind: 'acknowledged', at, by };
    });
  }

  unacknowledge(id: string, by: string, at: number): ActiveAlert | undefined {
    return this.#change(id, (entry) => {
      delete entry.acknowledged;
      return { kind: 'unacknowledged', at, by };
    });
  }

  #silentMs({ at, gaps }: Batch): number {
    let recorded = 0;
    for (const gap of gaps) if (gap.source === undefined) recorded += gap.until - gap.from;
    const silent = this.#lastAt === undefined ? 0 : at - this.#lastAt - this.#tickMs;
    return Math.max(Math.min(recorded, Math.max(0, silent)), silent > 2 * this.#tickMs ? silent : 0);
  }

  #takeOut(ms: number): void {
    if (ms <= 0) return;
    this.#table.shift(ms);
    for (const { entries } of this.#levels)
      for (const entry of entries.values()) {
        entry.state = shift(entry.state, ms);
        this.#changed(entry);
      }
  }

  #evaluateLevel({ level, table, entries }: LevelInForce, now: number): void {
    const { bounds, timing } = level;
    const isNear =
      (bounds.direction === 'above' ? table.max > bounds.enter : table.min < bounds.enter) ||
      (timing.noData === 'fire' && table.hasNoData);
    if (!isNear && entries.size === 0) return;
    for (const entry of [...entries.values()]) {
      const value = currentValue(entry, table);
      const observation = observe(value, bounds);
      entry.seenIn = this.#evaluations;
      if (observation !== 'no-data') entry.value = value;
      if (isUneventful(entry.state, observation, timing, now)) {
        if (entry.state.phase === 'firing') this.#tally(entry);
        continue;
      }
      this.#follow(entry, entries, step(entry.state, observation, timing, now), now);
    }
    if (!isNear) return;
    const { tracks, values, near } = table;
    const isAbove = bounds.direction === 'above';
    for (const index of near) {
      const value = values[index] as number;
      if (!(isAbove ? value > bounds.enter : value < bounds.enter)) continue;
      const { series } = tracks[index] as (typeof tracks)[number];
      if (!entries.has(series.key)) this.#begin(level, series, value, index, entries, now);
    }
    if (timing.noData !== 'fire' || !table.hasNoData) return;
    for (const [index, { series }] of tracks.entries())
      if (Number.isNaN(values[index]) && !entries.has(series.key))
        this.#begin(level, series, Number.NaN, index, entries, now);
  }

  #begin(
    level: CompiledLevel,
    series: Series,
    value: number,
    index: number,
    entries: Map<string, AlertEntry>,
    now: number,
  ): void {
    const result = step(undefined, observe(value, level.bounds), level.timing, now);
    if (result.state === undefined) return;
    const { kind } = level.rule.window;
    const entry: AlertEntry = {
      level,
      series: series.key,
      labels: series.labels,
      unit: kind === 'absence' ? 'seconds' : kind === 'rate' ? 'per_second' : series.metric.unit,
      state: result.state,
      value: numberOrNull(value),
      culprits: [],
      seenIn: this.#evaluations,
      index,
    };
    entries.set(series.key, entry);
    this.#follow(entry, entries, result, now);
  }

  /** Takes over what a step said. */
  #follow(entry: AlertEntry, entries: Map<string, AlertEntry>, { state, kind, reason }: Step, now: number): void {
    const before = entry.state;
    const isBreaching = state !== undefined && state.phase !== 'ok' && state.clearFrom === undefined;
    if (isBreaching) this.#tally(entry);
    if (state !== undefined && kind !== 'resolved') entry.state = state;
    if (kind === 'fired' || kind === 'flapping') this.#happened(entry, kind, now, reason ?? kind);
    if (kind === 'resolved') {
      this.#happened(entry, 'resolved', now, reason ?? kind);
      if (state !== undefined) entry.state = state;
      this.#clearLife(entry);
    }
    if (kind === 'dropped') this.#clearLife(entry);
    if (state === undefined) {
      entries.delete(entry.series);
      this.#changes.set(entryKey(entry), { key: entryKey(entry), entry: null });
    } else if (kind !== undefined || isWorthSaving(before, state)) this.#changed(entry);
  }

  #tally(entry: AlertEntry): void {
    const { culprits } = entry.level.rule;
    const table = culprits === undefined ? undefined : this.#options.processes?.();
    if (culprits === undefined || table === undefined) return;
    entry.tally ??= new CulpritTally(culprits);
    entry.tally.add(table);
  }

  #clearLife(entry: AlertEntry): void {
    entry.culprits = [];
    delete entry.tally;
    delete entry.acknowledged;
    delete entry.remindedAt;
    delete entry.shown;
  }

  #end(entry: AlertEntry, now: number, reason: string): void {
    if (entry.state.phase === 'firing') this.#happened(entry, 'resolved', now, reason);
    this.#changes.set(entryKey(entry), { key: entryKey(entry), entry: null });
  }

  #happened(entry: AlertEntry, kind: TransitionKind, at: number, reason: string, by?: string): void {
    const shown = showAlert(entry, entry.shown?.inhibitedBy, silenceFor(entry, this.#silences, at));
    const alert: ActiveAlert = kind === 'resolved' ? { ...shown, resolvedAt: at } : shown;
    this.#transitions.push({
      id: `${alert.id}/${kind}/${at}`,
      kind,
      at,
      reason,
      alert,
      ...(by !== undefined && { by }),
    });
  }

  #changed(entry: AlertEntry): void {
    this.#changes.set(entryKey(entry), { key: entryKey(entry), entry: saveEntry(entry) });
  }

  #show(now: number): void {
    const entries = this.#levels.flatMap((one) =>
      one.entries.size === 0 ? [] : [...one.entries.values()].filter(({ state }) => state.phase !== 'ok'),
    );
    const muted =
      entries.length < 2
        ? new Map<string, string>()
        : inhibitions(
            entries.map((entry) => ({
              id: alertId(entry),
              level: entry.level,
              series: entry.series,
              labels: entry.labels,
              isFiring: entry.state.phase === 'firing',
            })),
          );
    const active = entries.map((entry) =>
      showAlert(entry, muted.get(alertId(entry)), silenceFor(entry, this.#silences, now)),
    );
    // What fired in this very tick is told as it is now, muting included.
    const shown = new Map(active.map((alert) => [alert.id, alert]));
    this.#transitions = this.#transitions.map((transition) =>
      transition.kind === 'resolved'
        ? transition
        : { ...transition, alert: shown.get(transition.alert.id) ?? transition.alert },
    );
    const isSame =
      active.length === this.#active.length && active.every((alert, index) => alert === this.#active[index]);
    if (!isSame) this.#active = active;
  }

  #remind(now: number): void {
    const { repeatMs } = this.#options;
    if (repeatMs === undefined) return;
    for (const { entries } of this.#levels)
      for (const entry of entries.values()) {
        const { firedAt, phase } = entry.state;
        const everyMs = repeatMs(entry.level.severity);
        if (phase !== 'firing' || firedAt === undefined || everyMs === undefined || entry.acknowledged !== undefined)
          continue;
        if (now - (entry.remindedAt ?? firedAt) < everyMs) continue;
        entry.remindedAt = now;
        this.#happened(entry, 'reminder', now, 'still-firing');
        this.#changed(entry);
      }
  }

  #change(
    id: string,
    apply: (entry: AlertEntry) => { readonly kind: TransitionKind; readonly at: number; readonly by: string },
  ): ActiveAlert | undefined {
    for (const { entries } of this.#levels)
      for (const entry of entries.values()) {
        if (entry.state.phase === 'ok' || alertId(entry) !== id) continue;
        const { kind, at, by } = apply(entry);
        this.#happened(entry, kind, at, kind, by);
        this.#changed(entry);
        this.#show(at);
        return entry.shown;
      }
    return undefined;
  }

  #forget(now: number): void {
    this.#forgotAt = now;
    this.#table.forget(now, (key) => this.#levels.some(({ entries }) => entries.has(key)));
    this.#levels = this.#levels.map((one) => ({ ...one, table: this.#table.table(one.level.selectionId) }));
  }
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

/** A step would change nothing: it fires on, or is remembered for its cool-down or for the next check of the flap detection. */
function isUneventful(
  { phase, withoutDataFrom, clearFrom, coolUntil, flap }: AlertState,
  observation: Observation,
  { flapCheckMs }: CompiledLevel['timing'],
  now: number,
): boolean {
  if (withoutDataFrom !== undefined || clearFrom !== undefined) return false;
  const isCheckDue = flapCheckMs !== undefined && (flap === undefined || now - flap.at >= flapCheckMs);
  if (isCheckDue) return false;
  if (phase === 'firing') return observation === 'breached';
  if (phase !== 'ok' || observation !== 'cleared') return false;
  return now < coolUntil || (flap !== undefined && flap.changes !== 0);
}

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** Beyond kinds of step: the marks that decide what a restart makes of it. */
const isWorthSaving = (before: AlertState, after: AlertState): boolean =>
  before.clearFrom !== after.clearFrom ||
  (before.withoutDataFrom === undefined) !== (after.withoutDataFrom === undefined) ||
  before.isFlapping !== after.isFlapping;
