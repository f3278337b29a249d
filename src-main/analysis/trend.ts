/** A straight line through points that does not mind outliers. Pure. */

export interface Point {
  /** ms since the epoch. */
  readonly at: number;
  readonly value: number;
}

export interface Trend {
  /** Change a millisecond. */
  readonly slope: number;
  /** Value of the line at the last point's time. */
  readonly now: number;
  /** Share of pairs of points that agree with the slope's direction, 0.5 (none does more than chance) to 1. */
  readonly agreement: number;
}

/**
 * Theil–Sen: the median of the slopes between all pairs of points, so that one large file written and deleted again changes
 * nothing. Quadratic in the number of points; callers hand in some seventy.
 */
export function fitTrend(points: readonly Point[]): Trend | undefined {
  const last = points.at(-1);
  if (last === undefined || points.length < 3) return undefined;
  const slopes: number[] = [];
  for (const [index, a] of points.entries()) {
    for (const b of points.slice(index + 1)) if (b.at > a.at) slopes.push((b.value - a.value) / (b.at - a.at));
  }
  const slope = median(slopes);
  const now = median(points.map(({ at, value }) => value + slope * (last.at - at)));
  const agreeing = slopes.filter((one) => Math.sign(one) === Math.sign(slope)).length;
  return { slope, now, agreement: agreeing / slopes.length };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
