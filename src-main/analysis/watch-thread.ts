/** The watch on the store's thread, where every tick comes by anyway: one more thread would cost 19 MB. */
import type { RangeAnswer, RangeQuery } from '../contract/history.ts';
import type { Anomaly, AnomalyStatus } from '../contract/insights/anomalies.ts';
import { leastForecastHours, type SeriesForecast } from '../contract/insights/forecasts.ts';
import type { ForecastQuery, InsightHandlers } from '../contract/insights/insight-reader.ts';
import { parseSeriesKey } from '../contract/metric.ts';
import { dayMs, hourMs, minuteMs } from '../contract/shared/durations.ts';
import { forecastSeries } from '../insights/forecast/forecast-series.ts';
import { regularQuarters } from '../insights/forecast/regular-quarters.ts';
import { AnomalyWatch } from '../insights/watch/anomaly-watch.ts';
import { isCounter } from '../insights/watch/worth-watching.ts';
import { readWatchFile, writeWatchFile } from './watch-file.ts';

interface Tick {
  readonly at: number;
  readonly newSeries: readonly NamedSeries[];
  readonly ids: Uint32Array;
  readonly values: Float64Array;
}

interface NamedSeries {
  readonly id: number;
  readonly key: string;
}

export interface WatchThreadDeps {
  /** Where what was learned is kept; undefined: nowhere. */
  readonly path: string | undefined;
  readonly range: (query: RangeQuery) => Promise<RangeAnswer>;
  readonly now: () => number;
}

/** What came since is read from the history after a crash, so that half a megabyte need not be written each minute. */
const saveEveryMs = 15 * minuteMs;
const learnDays = 7;
const settleMs = 3 * hourMs;
const forecastDays = 21;
const quarterMs = 15 * minuteMs;

/** Daylight saving included: the offset is that of the time itself. */
const localOffsetMs = (at: number): number => -new Date(at).getTimezoneOffset() * minuteMs;

export function createWatchThread({ path, range, now }: WatchThreadDeps) {
  const names = new Map<number, string>();
  /** By the store's number: the key where it is watched, null where it is not, undefined before its first tick. */
  const watched: (string | null | undefined)[] = [];
  /** Series whose history is still to be read, after the minute up to which they are known. */
  const toLearn: { readonly key: string; readonly after: number }[] = [];
  let watch: AnomalyWatch | undefined;
  let setAside: AnomalyStatus['setAside'] = null;
  let saveAt = 0;
  let isLearning = false;

  function opened(): AnomalyWatch {
    if (watch !== undefined) return watch;
    const read = path === undefined ? ({ kind: 'none' } as const) : readWatchFile(path, now());
    if (read.kind === 'damaged') setAside = { path: read.aside, at: now() };
    watch = new AnomalyWatch(localOffsetMs, read.kind === 'read' ? read.state : undefined);
    return watch;
  }

  function save(): void {
    if (path === undefined || watch === undefined) return;
    try {
      writeWatchFile(path, watch.state());
    } catch {
      // A full disk has rules of its own; the next minute tries again.
    }
  }

  function keyOf(id: number): string | undefined {
    const known = watched[id];
    if (known !== undefined) return known ?? undefined;
    const key = names.get(id);
    const parsed = key === undefined ? undefined : parseSeriesKey(key);
    const met =
      parsed === undefined
        ? undefined
        : opened().meet({ key: key as string, metric: parsed.name, labels: parsed.labels });
    watched[id] = met === undefined ? null : (key as string);
    if (met !== undefined) {
      opened().setLearning(key as string, true);
      toLearn.push({ key: key as string, after: met });
    }
    return watched[id] ?? undefined;
  }

  /**
   * One series after the other, each in the store's own steps: what is not known of the last week in columns of four
   * minutes, and of its last day by the minute.
   */
  async function learnSoon(until: number): Promise<void> {
    if (isLearning) return;
    isLearning = true;
    for (let next = toLearn.shift(); next !== undefined; next = toLearn.shift()) {
      const { key, after } = next;
      const from = Math.max(after + minuteMs, until - learnDays * dayMs);
      try {
        await learnStretch(key, from, until - dayMs, 4 * minuteMs, settleMs);
        // Seconds went on being watched by the minute: a minute of the history is judged as it would have been.
        await learnStretch(key, Math.max(from, until - dayMs), until, minuteMs, after === 0 ? settleMs : 0);
      } catch {
        // A history that can't be read is none: the series is learned from now on.
      }
      opened().setLearning(key, false);
    }
    isLearning = false;
  }

  /** @param mutedMs columns of another width than before spread otherwise: so much of a stretch only teaches */
  async function learnStretch(
    key: string,
    from: number,
    until: number,
    stepMs: number,
    mutedMs: number,
  ): Promise<void> {
    const columns = Math.floor((until - from) / stepMs);
    if (columns < 1) return;
    const [answer] = (await range({ series: [key], from, until: from + columns * stepMs, columns })).series;
    if (answer !== undefined && answer.at.length > 0) opened().learn(key, answer, (answer.at[0] as number) + mutedMs);
  }

  return {
    /** After the ticks were stored. Never throws: the watch must not harm the store. */
    addTicks(ticks: readonly Tick[]): void {
      const current = opened();
      for (const { at, newSeries, ids, values } of ticks) {
        for (const { id, key } of newSeries) names.set(id, key);
        current.addTick(at, Array.from(ids, keyOf), values);
        if (at >= saveAt) {
          if (saveAt > 0) save();
          saveAt = at + saveEveryMs;
        }
      }
      const last = ticks.at(-1);
      if (last !== undefined && toLearn.length > 0) void learnSoon(Math.floor(last.at / minuteMs) * minuteMs);
    },

    /** Series that the store knows from before. */
    name(series: readonly NamedSeries[]): void {
      for (const { id, key } of series) names.set(id, key);
    },

    save,

    handlers: {
      anomalyStatus: (_: null): AnomalyStatus => ({ ...opened().status(), setAside }),
      anomalies: ({ from, until }: { readonly from: number; readonly until: number }): readonly Anomaly[] =>
        opened().anomalies(from, until),
      markAnomalyExpected(id: string): boolean {
        const isKnown = opened().markExpected(id);
        save();
        return isKnown;
      },
      async forecast({ series, hours, at }: ForecastQuery): Promise<SeriesForecast> {
        const from = at - forecastDays * dayMs;
        const answer = await range({ series: [series], from, until: at, columns: (forecastDays * dayMs) / quarterMs });
        const columns = answer.series[0];
        const known =
          columns === undefined
            ? { end: at, values: [] }
            : regularQuarters(columns, isCounter(columns.metric), answer.stepMs);
        const knownHours = Math.floor((known.values.length * quarterMs) / 3_600_000);
        if (knownHours < leastForecastHours)
          return { series, knownHours, leastHours: leastForecastHours, forecast: null };
        const horizon = hours * 4;
        const forecast = forecastSeries(known.values, { stepInMs: quarterMs, horizon });
        const times = Array.from({ length: horizon }, (_, ahead) => known.end + ahead * quarterMs);
        return { series, knownHours, leastHours: leastForecastHours, forecast: { at: times, ...forecast } };
      },
    } satisfies InsightHandlers,
  };
}
