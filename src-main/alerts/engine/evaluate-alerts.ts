/**
 * Every rule against every series it fits, once a tick: batches in, active alerts and transitions out. Holds state but
 * does nothing with it: time comes with the batch, and whatever follows (storing, telling) is the caller's.
 */
import type { ActiveAlert, Severity } from '../../contract/alerts/alert.ts';
import type { Silence, Transition } from '../../contract/alerts/alert-procedures.ts';
import type { Batch } from '../../contract/batch.ts';
import type { ProcessTable } from '../../contract/live.ts';
import type { Series } from '../../contract/metric.ts';
import type { AlertRule } from '../../contract/settings/alerts.ts';
import { AlertJournal, type StateChange } from '../alert-journal.ts';
import { readSavedEntry } from '../saved-entry.ts';
import { showActive } from '../show-active.ts';
import { type AlertEntry, alertId, entryKey } from './alert-entry.ts';
import { shift } from './alert-state.ts';
import { compileRules } from './compile-rules.ts';
import { type CauseOfAlert, evaluateLevel, type LevelInForce } from './evaluate-level.ts';
import { SeriesTable } from './window/series-table.ts';

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
  /** What is behind an alert. */
  readonly cause?: CauseOfAlert;
}

const forgetEveryMs = 60_000;

export class AlertEngine {
  readonly #options: AlertEngineOptions;
  readonly #tickMs: number;
  readonly #table = new SeriesTable();
  readonly #journal = new AlertJournal();
  #levels: readonly LevelInForce[] = [];
  #silences: readonly Silence[] = [];
  #active: readonly ActiveAlert[] = [];
  #lastAt: number | undefined;
  #forgotAt = 0;
  /** Entries of rules that are gone; they end with the next evaluation. */
  #orphans: AlertEntry[] = [];

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
        delete entry.summaryFor;
      }
      return { level, table: this.#table.table(level.selectionId), entries };
    });
    for (const { entries } of before.values()) this.#orphans.push(...entries.values());
  }

  setSilences(silences: readonly Silence[], now: number): void {
    this.#silences = silences;
    this.#show(now);
  }

  /**
   * Puts back what an earlier run had saved; `lastAt` is the time of its last tick. Unreadable entries are passed over.
   */
  restore(saved: readonly unknown[], lastAt: number | undefined): void {
    this.#lastAt = lastAt;
    const places = new Map(this.#levels.map((one) => [one.level.id, one]));
    for (const one of saved) {
      const entry = readSavedEntry(one, (levelId) => places.get(levelId)?.level);
      if (entry === undefined) continue;
      const place = places.get(entry.level.id);
      if (place?.level === entry.level) place.entries.set(entry.series, entry);
      else this.#orphans.push(entry);
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
    this.#takeOut(this.#silentMs(batch));
    this.#lastAt = now;
    this.#table.accept(batch.samples, now);
    this.#endOrphans(now);
    const context = { journal: this.#journal, processes: this.#options.processes, cause: this.#options.cause };
    for (const one of this.#levels) evaluateLevel(one, now, context);
    this.#show(now);
    this.#remind(now);
    if (now - this.#forgotAt >= forgetEveryMs) this.#forget(now);
  }

  /** What has happened since the last time, without evaluating: after a person did something. */
  drain(): Evaluation {
    return { active: this.#active, ...this.#journal.drain() };
  }

  /** Undefined where there is no such alert (any more). What changed comes out of the next drain. */
  acknowledge(id: string, by: string, at: number): ActiveAlert | undefined {
    const entry = this.#find(id);
    if (entry === undefined) return undefined;
    entry.acknowledged = { at, by };
    return this.#recordUserAction(entry, 'acknowledged', by, at);
  }

  unacknowledge(id: string, by: string, at: number): ActiveAlert | undefined {
    const entry = this.#find(id);
    if (entry === undefined) return undefined;
    delete entry.acknowledged;
    return this.#recordUserAction(entry, 'unacknowledged', by, at);
  }

  #find(id: string): AlertEntry | undefined {
    return this.#pendingAndFiring().find((entry) => alertId(entry) === id);
  }

  #recordUserAction(
    entry: AlertEntry,
    kind: 'acknowledged' | 'unacknowledged',
    by: string,
    at: number,
  ): ActiveAlert | undefined {
    this.#journal.happened(entry, kind, at, kind, by);
    this.#journal.changed(entry);
    this.#show(at);
    return entry.shown;
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
        this.#journal.changed(entry);
      }
  }

  #endOrphans(now: number): void {
    for (const orphan of this.#orphans.splice(0)) {
      if (orphan.state.phase === 'firing') this.#journal.happened(orphan, 'resolved', now, 'rule-removed');
      this.#journal.forgotten(entryKey(orphan));
    }
  }

  #pendingAndFiring(): AlertEntry[] {
    return this.#levels.flatMap(({ entries }) =>
      entries.size === 0 ? [] : [...entries.values()].filter(({ state }) => state.phase !== 'ok'),
    );
  }

  #show(now: number): void {
    this.#active = showActive(this.#pendingAndFiring(), this.#silences, this.#active, now);
    this.#journal.tellAsShown(this.#active);
  }

  #remind(now: number): void {
    const { repeatMs } = this.#options;
    if (repeatMs === undefined) return;
    for (const { entries } of this.#levels)
      for (const entry of entries.values()) {
        const { firedAt, phase } = entry.state;
        const everyMs = repeatMs(entry.level.severity);
        const isSilent = everyMs === undefined || !entry.level.rule.repeats || entry.acknowledged !== undefined;
        if (phase !== 'firing' || firedAt === undefined || isSilent) continue;
        if (now - (entry.remindedAt ?? firedAt) < everyMs) continue;
        entry.remindedAt = now;
        this.#journal.happened(entry, 'reminder', now, 'still-firing');
        this.#journal.changed(entry);
      }
  }

  #forget(now: number): void {
    this.#forgotAt = now;
    this.#table.forget(now, (key) => this.#levels.some(({ entries }) => entries.has(key)));
    this.#levels = this.#levels.map((one) => ({ ...one, table: this.#table.table(one.level.selectionId) }));
  }
}
