/** The usual of each quarter of an hour of the day, as an offset from the level. */
import type { SeriesLevel } from './series-level.ts';

export interface Season {
  readonly offsets: number[];
  readonly counts: number[];
  error: number;
  plainError: number;
  noise: number;
}

const slotCount = 96;
const slotInMs = 900_000;

export function createSeason(): Season {
  return {
    offsets: new Array<number>(slotCount).fill(0),
    counts: new Array<number>(slotCount).fill(0),
    error: 0,
    plainError: 0,
    noise: 0,
  };
}

export function surpriseOfSeason(
  state: SeriesLevel & { readonly season: Season },
  at: number,
  value: number,
  dayCount: number,
): { readonly surprise: number; readonly expected: number } {
  const { season } = state;
  const slot = Math.floor(at / slotInMs) % slotCount;
  const offset = season.offsets[slot] as number;
  const perSlot = Math.max(1, dayCount / slotCount);
  // The season counts only where it has foretold better than the plain level has.
  const isTrusted = (season.counts[slot] as number) >= perSlot && season.error < 0.95 * season.plainError;
  const expected = state.level + (isTrusted ? offset : 0);
  const surprise = Math.abs(value - expected);
  const known = Math.min(season.counts[slot] as number, 5 * perSlot);
  const limit = state.count < 20 ? Number.POSITIVE_INFINITY : 20 * state.spread + 1e-9;
  const away = Math.max(-limit, Math.min(limit, value - state.level));
  if ((season.counts[slot] as number) >= perSlot) {
    const rate = 1 / dayCount;
    season.error += rate * (Math.abs(away - offset) - season.error);
    season.plainError += rate * (Math.abs(away) - season.plainError);
  }
  season.offsets[slot] = offset + (away - offset) / (known + 1);
  season.counts[slot] = (season.counts[slot] as number) + 1;
  return { surprise, expected };
}
