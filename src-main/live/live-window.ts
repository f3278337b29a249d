/** The last minutes of every series in memory: what "now" means, and what fills a chart when a window opens. */
import type { Batch, Gap } from '../contract/batch.ts';
import type { LiveValue, RecentAnswer, SeriesInfo } from '../contract/live.ts';
import type { Labels, Series } from '../contract/metric.ts';

/** Ticks kept: six minutes at 1 Hz, a chart of five with room for a late one. */
const windowTicks = 360;
/** A series that has been seen once may belong to the laziest interval (60 s), so it stays for three of them. */
const firstPatienceMs = 200_000;
/** Series silent for longer than the window give their memory back. */
const forgetMs = windowTicks * 1000;

interface Track {
  readonly series: Series;
  readonly values: Float64Array;
  lastAt: number;
  /** Distance between its last two samples; undefined until there were two. */
  intervalMs: number | undefined;
}

export interface WindowView {
  readonly at: readonly number[];
  of(metric: string): readonly {
    readonly key: string;
    readonly labels: Labels;
    readonly values: readonly (number | undefined)[];
  }[];
}

export class LiveWindow {
  readonly #tracks = new Map<string, Track>();
  readonly #at = new Float64Array(windowTicks);
  #ticks = 0;
  #gaps: Gap[] = [];

  push(batch: Batch): void {
    const slot = this.#ticks % windowTicks;
    this.#at[slot] = batch.at;
    for (const track of this.#tracks.values()) track.values[slot] = Number.NaN;
    for (const { series, value } of batch.samples) {
      let track = this.#tracks.get(series.key);
      if (track === undefined) {
        track = {
          series,
          values: new Float64Array(windowTicks).fill(Number.NaN),
          lastAt: batch.at,
          intervalMs: undefined,
        };
        this.#tracks.set(series.key, track);
      } else if (track.lastAt < batch.at) {
        track.intervalMs = batch.at - track.lastAt;
        track.lastAt = batch.at;
      }
      track.values[slot] = value;
    }
    this.#ticks += 1;
    this.#gaps = [...this.#gaps, ...batch.gaps].filter((gap) => gap.until > batch.at - forgetMs);
    for (const [key, track] of this.#tracks) if (batch.at - track.lastAt > forgetMs) this.#tracks.delete(key);
  }

  /**
   * Latest value of each series that has one and is not stale: three of its own intervals, and a second for lateness.
   */
  latest(now: number): Map<string, LiveValue> {
    const values = new Map<string, LiveValue>();
    for (const [key, track] of this.#tracks) {
      const patience = track.intervalMs === undefined ? firstPatienceMs : 3 * track.intervalMs + 1000;
      if (now - track.lastAt > patience) continue;
      const value = this.#lastValue(track);
      if (value !== undefined) values.set(key, { at: track.lastAt, value });
    }
    return values;
  }

  series(): SeriesInfo[] {
    return [...this.#tracks.values()].map(({ series }) => series);
  }

  /**
   * The seconds of the last minutes, and the lines of a metric when they are asked for; undefined where one had
   * nothing.
   */
  view(seconds: number, now: number): WindowView {
    const slots = this.#slots(seconds, now);
    const byMetric = new Map<string, Track[]>();
    for (const track of this.#tracks.values()) {
      const { name } = track.series.metric;
      const tracks = byMetric.get(name);
      if (tracks === undefined) byMetric.set(name, [track]);
      else tracks.push(track);
    }
    return {
      at: slots.map((slot) => this.#at[slot] as number),
      of: (metric) =>
        (byMetric.get(metric) ?? []).map(({ series: { key, labels }, values }) => ({
          key,
          labels,
          values: slots.map((slot) => (Number.isFinite(values[slot]) ? values[slot] : undefined)),
        })),
    };
  }

  #slots(seconds: number, now: number): readonly number[] {
    const slots: number[] = [];
    for (let tick = Math.max(0, this.#ticks - windowTicks); tick < this.#ticks; tick += 1) {
      const slot = tick % windowTicks;
      if ((this.#at[slot] as number) > now - seconds * 1000) slots.push(slot);
    }
    return slots;
  }

  recent(select: readonly string[], seconds: number, now: number): RecentAnswer {
    const slots = this.#slots(seconds, now);
    const wanted = new Set(select);
    const series = [...this.#tracks.values()]
      .filter((track) => wanted.has(track.series.key) || wanted.has(track.series.metric.name))
      .map((track) => ({
        key: track.series.key,
        values: slots.map((slot) => finiteOrNull(track.values[slot] as number)),
      }));
    return { at: slots.map((slot) => this.#at[slot] as number), series, gaps: this.#gaps };
  }

  #lastValue(track: Track): number | undefined {
    for (let tick = this.#ticks - 1; tick >= Math.max(0, this.#ticks - windowTicks); tick -= 1) {
      const slot = tick % windowTicks;
      if (this.#at[slot] === track.lastAt) return track.values[slot];
    }
    return undefined;
  }
}

export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
