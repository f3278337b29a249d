/**
 * Every series worth it, second by second: bounded state, anomalies with their history, and when several together are
 * notable. Pure.
 */
import { type Anomaly, type AnomalyStatus, leastLearnedHours } from '../../contract/insights/anomalies.ts';
import { dayMs, minuteMs } from '../../contract/shared/durations.ts';
import {
  anomalyOf,
  createSeriesState,
  endSilence,
  type MinuteContext,
  type SeriesState,
  watchMinute,
  watchSilence,
} from './series-watch.ts';
import { familyOf, isCounter, isWorthWatching } from './worth-watching.ts';

export interface WatchedSeries {
  readonly key: string;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** As the history gives them. */
export interface PastColumns {
  readonly at: ArrayLike<number>;
  readonly average: ArrayLike<number>;
  readonly last: ArrayLike<number>;
}

interface Entry {
  readonly series: MinuteContext['series'];
  readonly isCounter: boolean;
  readonly state: SeriesState;
  sum: number;
  count: number;
  newest: number;
  /** Its history is being read: minutes of now come after it. */
  isLearning: boolean;
}

/** What is kept over restarts. */
export interface WatchState {
  readonly series: Readonly<Record<string, SeriesState>>;
  readonly anomalies: readonly Anomaly[];
  readonly total: number;
  readonly notableAt: number | null;
}

const mostSeries = 1_000;
const mostAnomalies = 500;
const mutedMs = 10 * minuteMs;
const settlingMs = 60 * minuteMs;
/** Ticks further apart than this were a sleep, a pause or a standstill. */
const gapMs = 90_000;
const silentMs = 5 * minuteMs;
const togetherMs = 3 * minuteMs;
/** How long a notable moment counts as one, so that a rule sees it. */
const notableMs = 10 * minuteMs;

export class AnomalyWatch {
  readonly #entries = new Map<string, Entry>();
  readonly #saved: Map<string, SeriesState>;
  readonly #localOffsetMs: (at: number) => number;
  #anomalies: Anomaly[];
  #total: number;
  #notableAt: number | null;
  #minute: number | null = null;
  #lastAt: number | null = null;
  #mutedUntil = Number.POSITIVE_INFINITY;
  #isQuiet = false;

  /** @param localOffsetMs what is to be added to a time for local time, daylight saving included */
  constructor(localOffsetMs: (at: number) => number, saved?: WatchState) {
    this.#localOffsetMs = localOffsetMs;
    this.#saved = new Map(Object.entries(saved?.series ?? {}));
    this.#anomalies = [...(saved?.anomalies ?? [])];
    this.#total = saved?.total ?? 0;
    this.#notableAt = saved?.notableAt ?? null;
  }

  /** @returns up to which minute it is known, 0 where nothing is; undefined where it is not watched */
  meet(series: WatchedSeries): number | undefined {
    const { key, metric, labels } = series;
    const met = this.#entries.get(key);
    if (met !== undefined) return met.state.lastMinute;
    if (this.#entries.size >= mostSeries || !isWorthWatching(metric, labels)) return undefined;
    const saved = this.#saved.get(key);
    this.#saved.delete(key);
    this.#entries.set(key, {
      series: { series: key, metric, labels },
      isCounter: isCounter(metric),
      state: saved ?? createSeriesState(),
      ...{ sum: 0, count: 0, newest: 0, isLearning: false },
    });
    return saved?.lastMinute ?? 0;
  }

  /** One tick, in the order of time: pairs of key and value. */
  addTick(at: number, keys: readonly (string | undefined)[], values: ArrayLike<number>): void {
    const minute = Math.floor(at / minuteMs) * minuteMs;
    if (this.#lastAt === null || at - this.#lastAt > gapMs || at < this.#lastAt) this.#mutedUntil = at + mutedMs;
    if (this.#minute !== null && minute !== this.#minute) this.#closeMinute(this.#minute);
    this.#minute = minute;
    this.#lastAt = at;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index];
      const entry = key === undefined ? undefined : this.#entries.get(key);
      const value = values[index] as number;
      if (entry === undefined || !Number.isFinite(value)) continue;
      entry.sum += value;
      entry.count++;
      entry.newest = value;
    }
  }

  /** While its history is read, minutes of now are not judged. */
  setLearning(key: string, isLearning: boolean): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) entry.isLearning = isLearning;
  }

  /** Past columns of one series, oldest first, before its own ticks: learned, and what was unusual is noted. */
  learn(key: string, columns: PastColumns, mutedUntil: number): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#isQuiet = true;
    for (let index = 0; index < columns.at.length; index++) {
      const at = columns.at[index] as number;
      if (at <= entry.state.lastMinute) continue;
      entry.sum = columns.average[index] as number;
      entry.newest = columns.last[index] as number;
      entry.count = 1;
      const isAfterGap = at - entry.state.lastMinute > mutedMs;
      this.#judge(entry, at, isAfterGap || at < mutedUntil);
    }
    this.#isQuiet = false;
  }

  #closeMinute(minute: number): void {
    const isMuted = minute < this.#mutedUntil;
    for (const entry of this.#entries.values()) {
      if (entry.isLearning) entry.sum = entry.count = 0;
      else if (entry.count > 0) this.#judge(entry, minute, isMuted);
      else if (entry.state.lastMinute > 0 && minute - entry.state.lastMinute >= silentMs)
        this.#note(watchSilence(entry.state, this.#context(entry, minute, isMuted)).began);
    }
  }

  #judge(entry: Entry, at: number, isMuted: boolean): void {
    const { state } = entry;
    const context = this.#context(entry, at, isMuted);
    this.#note(endSilence(state, context));
    const value = entry.isCounter ? growthOf(entry, at) : entry.sum / entry.count;
    entry.sum = 0;
    entry.count = 0;
    if (value === null) {
      state.lastMinute = at;
      return;
    }
    const { began, ended } = watchMinute(state, value, context);
    this.#note(began);
    this.#note(ended);
  }

  #context(entry: Entry, at: number, isMuted: boolean): MinuteContext {
    const isSettling = isMuted || at < this.#mutedUntil + settlingMs;
    return { series: entry.series, at, localOffsetMs: this.#localOffsetMs(at), isMuted, isSettling };
  }

  #note(anomaly: Anomaly | null): void {
    if (anomaly === null) return;
    const index = this.#anomalies.findIndex(({ id }) => id === anomaly.id);
    if (index >= 0) {
      this.#anomalies[index] = { ...anomaly, isExpected: (this.#anomalies[index] as Anomaly).isExpected };
      return;
    }
    this.#anomalies.push(anomaly);
    this.#total++;
    if (this.#anomalies.length > mostAnomalies)
      this.#anomalies = this.#anomalies.toSorted((a, b) => a.from - b.from).slice(-mostAnomalies);
    if (!this.#isQuiet && anomaly.kind !== 'silence') this.#judgeTogether(anomaly);
  }

  /** One notable moment a day at most: several series of different families that became unusual together. */
  #judgeTogether(newest: Anomaly): void {
    if (this.#notableAt !== null && newest.from - this.#notableAt < dayMs) return;
    const families = new Set(
      this.#anomalies
        .filter(
          ({ from, kind, isExpected }) =>
            Math.abs(from - newest.from) <= togetherMs && kind !== 'silence' && !isExpected,
        )
        .map(({ metric }) => familyOf(metric)),
    );
    if (families.size >= 2) this.#notableAt = newest.from;
  }

  /** Newest first; those that go on as they stand now. */
  anomalies(from: number, until: number): readonly Anomaly[] {
    const open = new Map<string, Anomaly>();
    for (const { state, series } of this.#entries.values())
      if (state.open !== null) open.set(state.open.id, anomalyOf(state.open, series, null));
    return this.#anomalies
      .filter((one) => one.from < until && (one.until ?? Number.POSITIVE_INFINITY) >= from)
      .map((one) => ({ ...one, ...open.get(one.id), isExpected: one.isExpected }))
      .toSorted((a, b) => b.from - a.from);
  }

  /**
   * "This is as it should be": the series may do so again about this hour. @returns false where there is no such
   * anomaly
   */
  markExpected(id: string): boolean {
    const index = this.#anomalies.findIndex((one) => one.id === id);
    const anomaly = this.#anomalies[index];
    if (anomaly === undefined) return false;
    this.#anomalies[index] = { ...anomaly, isExpected: true, until: anomaly.until ?? this.#lastAt };
    const state = this.#entries.get(anomaly.series)?.state;
    if (state === undefined) return true;
    const hour = Math.floor((anomaly.from + this.#localOffsetMs(anomaly.from)) / 3_600_000) % 24;
    state.expectedHours.push({ hour, rarity: 20 });
    if (state.open?.id === id) state.open = null;
    if (state.expectedHours.length > 24) state.expectedHours.shift();
    return true;
  }

  status(): Omit<AnomalyStatus, 'setAside'> {
    const hours = [...this.#entries.values()].map(({ state }) => state.hours.hourCount);
    return {
      watchedSeries: this.#entries.size,
      learnedSeries: hours.filter((count) => count >= leastLearnedHours).length,
      learnedHours: Math.round(hours.reduce((most, count) => Math.max(most, count), 0)),
      leastHours: leastLearnedHours,
      openAnomalies: [...this.#entries.values()].flatMap(({ state, series }) =>
        state.open === null ? [] : [{ series: series.series, confidence: state.open.confidence }],
      ),
      anomaliesTotal: this.#total,
      isNotable: this.#notableAt !== null && this.#lastAt !== null && this.#lastAt - this.#notableAt < notableMs,
    };
  }

  state(): WatchState {
    // Series that have not come again for four weeks are forgotten.
    const recent = [...this.#saved].filter(([, { lastMinute }]) => lastMinute > (this.#lastAt ?? 0) - 28 * dayMs);
    const series: Record<string, SeriesState> = Object.fromEntries(recent);
    for (const [key, { state }] of this.#entries) series[key] = state;
    return { series, anomalies: this.#anomalies, total: this.#total, notableAt: this.#notableAt };
  }
}

/** Growth a second since the minute before; null at the first, after a restart of the counter, and over a gap. */
function growthOf(entry: Entry, at: number): number | null {
  const { state, newest } = entry;
  const before = state.lastValue;
  const seconds = (at - state.lastMinute) / 1_000;
  state.lastValue = newest;
  return before === null || newest < before || seconds > 600 || seconds <= 0 ? null : (newest - before) / seconds;
}
