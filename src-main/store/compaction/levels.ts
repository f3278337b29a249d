/**
 * Where samples live as they age, as data. A tick goes to the head table; ten minutes of it become blocks; the blocks
 * of two hours become one; what is sealed so is rolled up, and the roll-ups grow into larger blocks the same way. A
 * series with a slow interval is its own roll-up to minutes: it lies among them as single samples and is not kept
 * twice.
 */
import type { Resolution } from '../../contract/history.ts';

export interface Level {
  /** Kept in the file; never give a number a new meaning. */
  readonly id: number;
  readonly resolution: Resolution;
  /** One block a series holds this long, on a grid since the epoch, ms. */
  readonly periodMs: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Fine blocks wait here until their coarse period is over. */
export const levels = {
  fresh: { id: 0, resolution: 'raw', periodMs: 10 * minute },
  raw: { id: 1, resolution: 'raw', periodMs: 2 * hour },
  freshMinutes: { id: 2, resolution: '1m', periodMs: 2 * hour },
  minutes: { id: 3, resolution: '1m', periodMs: day },
  freshQuarters: { id: 4, resolution: '15m', periodMs: day },
  quarters: { id: 5, resolution: '15m', periodMs: 16 * day },
} as const satisfies Record<string, Level>;

/**
 * Sealing: the blocks of `from` in one period of `into` become one, and a roll-up of it goes to `rollUp`. In this
 * order.
 */
export const sealings: readonly {
  readonly from: Level;
  readonly into: Level;
  readonly rollUp?: { readonly into: Level; readonly bucketMs: number };
}[] = [
  { from: levels.fresh, into: levels.raw, rollUp: { into: levels.freshMinutes, bucketMs: minute } },
  { from: levels.freshMinutes, into: levels.minutes, rollUp: { into: levels.freshQuarters, bucketMs: 15 * minute } },
  { from: levels.freshQuarters, into: levels.quarters },
];

/**
 * Finest first. A window is sealed once it has no blocks in `fresh` any more; until then the next finer resolution
 * speaks for it.
 */
export const resolutions: readonly {
  readonly name: Resolution;
  /** 0: single samples. */
  readonly bucketMs: number;
  readonly fresh: Level;
  readonly sealed: Level;
  readonly windowMs: number;
}[] = [
  { name: 'raw', bucketMs: 0, fresh: levels.fresh, sealed: levels.raw, windowMs: 2 * hour },
  { name: '1m', bucketMs: minute, fresh: levels.freshMinutes, sealed: levels.minutes, windowMs: 2 * hour },
  { name: '15m', bucketMs: 15 * minute, fresh: levels.freshQuarters, sealed: levels.quarters, windowMs: day },
];

export const periodStart = (at: number, periodMs: number): number => Math.floor(at / periodMs) * periodMs;
