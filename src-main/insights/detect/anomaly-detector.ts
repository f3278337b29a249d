/**
 * What is unusual in a series, point by point: only the past is known, one setting for every series. Three views
 * (distance from the usual of this time of day, shift of the hourly mean, an order of values not seen before); each
 * says how rare its surprise is among its own earlier ones.
 */
import { createSeason, type Season, surpriseOfSeason } from './season.ts';
import type { SeriesLevel } from './series-level.ts';
import { createShift, type Shift, surpriseOfShift } from './shift.ts';
import { createSymbols, type Symbols, surpriseOfSymbols } from './symbols.ts';
import { createTail, judgeRarity, type Tail } from './tail.ts';

/** Serialisable as JSON: all a series needs to go on after a restart. */
export interface DetectorState extends SeriesLevel {
  readonly version: 1;
  lastAt: number | null;
  /** Milliseconds between points, learned. */
  interval: number;
  season: Season;
  shift: Shift;
  symbols: Symbols;
  readonly tails: { readonly season: Tail; readonly shift: Tail; readonly symbols: Tail };
  heldRarity: number;
  heldLeft: number;
}

export interface Judgement {
  /** 0 to 1. */
  readonly score: number;
  /** Decimal places of the tail probability. */
  readonly rarity: number;
  readonly expected: number;
}

const refractoryCount = 150;
const dayInMs = 86_400_000;

export function createDetector(): DetectorState {
  return {
    version: 1,
    count: 0,
    lastAt: null,
    interval: 0,
    level: 0,
    spread: 0,
    season: createSeason(),
    shift: createShift(),
    symbols: createSymbols(),
    tails: { season: createTail(), shift: createTail(), symbols: createTail() },
    heldRarity: 0,
    heldLeft: 0,
  };
}

/** Judges one point and learns it. `at` in milliseconds of local time. */
export function judgePoint(state: DetectorState, at: number, value: number): Judgement {
  if (!Number.isFinite(value) || !Number.isFinite(at)) return { score: 0, rarity: 0, expected: state.level };
  learnInterval(state, at);
  if (state.count === 0) state.level = value;
  const interval = state.interval > 0 ? state.interval : 60_000;
  const dayCount = Math.min(2_000, Math.max(20, dayInMs / interval));
  const season = surpriseOfSeason(state, at, value, dayCount);
  const shift = surpriseOfShift(state, value, interval);
  const symbols = surpriseOfSymbols(state, value);
  const raw = Math.max(
    judgeRarity(state.tails.season, season.surprise),
    judgeRarity(state.tails.shift, shift),
    judgeRarity(state.tails.symbols, symbols),
  );
  learnLevel(state, value, dayCount);
  state.count++;
  const rarity = holdBack(state, raw);
  return { score: rarity / (rarity + 4), rarity: raw, expected: season.expected };
}

function learnInterval(state: DetectorState, at: number): void {
  if (state.lastAt !== null) {
    const gap = at - state.lastAt;
    if (gap > 0) {
      if (state.interval === 0) state.interval = gap;
      else state.interval += 0.05 * (Math.min(gap, state.interval * 2) - state.interval);
    }
  }
  state.lastAt = at;
}

/** Spikes move the level only as far as a usual point would. */
function learnLevel(state: DetectorState, value: number, dayCount: number): void {
  const rate = Math.max(1 / (state.count + 1), 1 / (4 * dayCount));
  const away = value - state.level;
  const limit = state.count < 20 ? Number.POSITIVE_INFINITY : 20 * state.spread + 1e-9;
  const clipped = Math.max(-limit, Math.min(limit, away));
  state.level += rate * clipped;
  state.spread += rate * (Math.abs(clipped) - state.spread);
}

/** One event is told once: after a rare point only rarer ones pass, until the refractory time is over. */
function holdBack(state: DetectorState, rarity: number): number {
  if (state.heldLeft > 0) state.heldLeft--;
  else state.heldRarity = 0;
  if (rarity <= state.heldRarity * 1.3) return Math.min(rarity, 1);
  if (rarity > 2) {
    state.heldRarity = rarity;
    state.heldLeft = refractoryCount;
  }
  return rarity;
}
