/** A shift of the mean over about an hour, which no single point shows. */
import type { SeriesLevel } from './series-level.ts';

export interface Shift {
  mean: number;
}

export function createShift(): Shift {
  return { mean: 0 };
}

export function surpriseOfShift(
  state: SeriesLevel & { readonly shift: Shift },
  value: number,
  interval: number,
): number {
  const { shift } = state;
  const pointCount = Math.min(60, Math.max(6, 3_600_000 / interval));
  if (state.count === 0) shift.mean = value;
  shift.mean += (value - shift.mean) / Math.min(pointCount, state.count + 1);
  return Math.abs(shift.mean - state.level);
}
