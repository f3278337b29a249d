/**
 * The series that rules look at and what their windows say, laid out for speed: each selection has its values in one
 * Float64Array with their extremes, so that a level nobody is near costs one comparison for all its series.
 */

import type { Sample } from '../../../contract/batch.ts';
import type { Series } from '../../../contract/metric.ts';
import type { RuleWindow } from '../../../contract/settings/rule-parts.ts';
import { dayMs } from '../../../contract/shared/durations.ts';
import type { Selection } from '../compile-rules.ts';
import { createWindowCell, type WindowCell } from './window-cell.ts';

/** Before the second sample an interval is not known; the laziest is a minute. */
const firstPatienceMs = 200_000;
/** Silent series are forgotten after this, unless an absence rule waits for them. */
const forgetMs = 30 * 60_000;
const forgetAbsentMs = 8 * dayMs;

export interface Track {
  readonly series: Series;
  value: number;
  lastAt: number;
  /** Distance between the last two samples, ms; NaN until there were two. */
  intervalMs: number;
  /** Time was taken out since its last sample: the next one says nothing about its interval. */
  isAfterGap: boolean;
  readonly cells: Cell[];
}

/** One window function over one track, and the places in tables that show it. */
interface Cell {
  readonly window: RuleWindow;
  readonly staleMs: number | undefined;
  readonly content: WindowCell | undefined;
  readonly places: { readonly table: SelectedValues; readonly index: number }[];
}

/** The series of one selection, index by index. */
export interface SelectedValues {
  readonly selection: Selection;
  readonly tracks: Track[];
  /** NaN: no data. */
  values: Float64Array;
  min: number;
  max: number;
  hasNoData: boolean;
  /** Places of the values beyond the selection's mildest levels. */
  readonly near: number[];
}

export class SeriesTable {
  #selectionsByMetric = new Map<string, SelectedValues[]>();
  #tables = new Map<string, SelectedValues>();
  /** null: a series that no rule looks at. */
  #tracks = new Map<string, Track | null>();
  #live: Track[] = [];

  /** Keeps what is known of the series; windows that did not exist before start empty. */
  setSelections(selections: readonly Selection[]): void {
    const known = this.#live;
    this.#tables = new Map(selections.map((selection) => [selection.id, emptyTable(selection)]));
    this.#selectionsByMetric = new Map();
    for (const table of this.#tables.values()) {
      const { metric } = table.selection;
      this.#selectionsByMetric.set(metric, [...(this.#selectionsByMetric.get(metric) ?? []), table]);
    }
    this.#tracks = new Map();
    this.#live = [];
    for (const track of known) this.#adopt(track);
  }

  table(selectionId: string): SelectedValues {
    return this.#tables.get(selectionId) as SelectedValues;
  }

  /** Takes in series that had samples before this run. */
  know(series: readonly { readonly series: Series; readonly lastAt: number }[]): void {
    for (const { series: one, lastAt } of series)
      if (!this.#tracks.has(one.key))
        this.#adopt({ series: one, value: Number.NaN, lastAt, intervalMs: Number.NaN, isAfterGap: false, cells: [] });
  }

  /** Takes time out in which nothing was measured: silence in it does not count, and windows reach back over it. */
  shift(byMs: number): void {
    for (const track of this.#live) {
      track.lastAt += byMs;
      track.isAfterGap = true;
      for (const { content } of track.cells) content?.shift(byMs);
    }
  }

  accept(samples: readonly Sample[], now: number): void {
    for (const { series, value } of samples) {
      let track = this.#tracks.get(series.key);
      if (track === null) continue;
      if (track === undefined) {
        track = this.#adopt({
          series,
          value: Number.NaN,
          lastAt: now,
          intervalMs: Number.NaN,
          isAfterGap: false,
          cells: [],
        });
        if (track === null) continue;
      } else if (now > track.lastAt) {
        if (!track.isAfterGap) track.intervalMs = now - track.lastAt;
        track.isAfterGap = false;
      }
      track.value = value;
      track.lastAt = now;
      if (Number.isNaN(value)) continue;
      for (const cell of track.cells) cell.content?.push(now, value);
    }
    this.#read(now);
  }

  /** Drops series that have been silent for long; `isNeeded` keeps those with an alert. */
  forget(now: number, isNeeded: (key: string) => boolean): void {
    const isGone = (track: Track): boolean => {
      const waits = track.cells.some((cell) => cell.window.kind === 'absence');
      return now - track.lastAt > (waits ? forgetAbsentMs : forgetMs) && !isNeeded(track.series.key);
    };
    if (!this.#live.some(isGone)) return;
    this.#live = this.#live.filter((track) => !isGone(track));
    this.setSelections([...this.#tables.values()].map(({ selection }) => selection));
  }

  #read(now: number): void {
    for (const track of this.#live) {
      for (const cell of track.cells) {
        const value = readCell(cell, track, now);
        for (const { table, index } of cell.places) table.values[index] = value;
      }
    }
    for (const table of this.#tables.values()) findExtremes(table);
  }

  /** Finds the selections that fit a series; null where there is none. */
  #adopt(track: Track): Track | null {
    const tables = (this.#selectionsByMetric.get(track.series.metric.name) ?? []).filter(({ selection }) =>
      selection.matches(track.series.labels),
    );
    if (tables.length === 0) {
      this.#tracks.set(track.series.key, null);
      return null;
    }
    const before = track.cells.splice(0);
    for (const table of tables) {
      const { window, staleMs } = table.selection;
      const isSame = (cell: Cell): boolean =>
        cell.staleMs === staleMs && JSON.stringify(cell.window) === JSON.stringify(window);
      let cell = track.cells.find(isSame);
      if (cell === undefined) {
        const content = window.kind === 'last' || window.kind === 'absence' ? undefined : createWindowCell(window);
        cell = { window, staleMs, content: before.find(isSame)?.content ?? content, places: [] };
        track.cells.push(cell);
      }
      const index = table.tracks.length;
      table.tracks.push(track);
      if (index === table.values.length) {
        const larger = new Float64Array(index * 2).fill(Number.NaN);
        larger.set(table.values);
        table.values = larger;
      }
      cell.places.push({ table, index });
    }
    this.#tracks.set(track.series.key, track);
    this.#live.push(track);
    return track;
  }
}

const emptyTable = (selection: Selection): SelectedValues => ({
  selection,
  tracks: [],
  values: new Float64Array(4).fill(Number.NaN),
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  hasNoData: false,
  near: [],
});

function readCell({ window, staleMs, content }: Cell, track: Track, now: number): number {
  if (window.kind === 'absence') return (now - track.lastAt) / 1000;
  const age = now - track.lastAt;
  const patience = staleMs ?? (Number.isNaN(track.intervalMs) ? firstPatienceMs : 3 * track.intervalMs + 1000);
  if (age > 0 && age > patience) return Number.NaN;
  return content === undefined ? track.value : content.read(now);
}

function findExtremes(table: SelectedValues): void {
  const { values, tracks, near, selection } = table;
  const { above, below } = selection.mildest;
  near.length = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let numbers = 0;
  // NaN compares false with everything, so it never becomes an extreme.
  for (let index = 0; index < tracks.length; index += 1) {
    const value = values[index] as number;
    if (value < min) min = value;
    if (value > max) max = value;
    if (value > above || value < below) near.push(index);
    if (!Number.isNaN(value)) numbers += 1;
  }
  table.min = min;
  table.max = max;
  table.hasNoData = numbers < tracks.length;
}
