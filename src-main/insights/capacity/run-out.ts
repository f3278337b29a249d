/**
 * When a resource that fills runs out, as a range. Daily maxima are continued with a robust slope and with whole weeks
 * of what lay beside it, many times over, as far apart as earlier fits missed: saw-teeth, bursts and weekdays are part
 * of each future, and a peak alone is no trend. Pure.
 */
import { dayMs } from '../../contract/shared/durations.ts';
import { repeatableRandom } from './random.ts';

export interface Usage {
  /** ms since the epoch, ascending. */
  readonly at: readonly number[];
  /** Most that was in use around each time, in the unit of `capacity`. */
  readonly used: readonly number[];
}

interface RunOut {
  /** Seconds from now: one future in ten is earlier, half are, nine in ten are. Null: not within a year. */
  readonly earliest: number;
  readonly median: number;
  readonly latest: number | null;
  /** Growth a day, in the unit of `capacity`. */
  readonly perDay: number;
  /** Whole days that it was learned from. */
  readonly dayCount: number;
}

export type RunOutAnswer =
  | { readonly kind: 'runs-out'; readonly runOut: RunOut }
  /** It does not grow, or by less than would fill it within a year. */
  | { readonly kind: 'not-in-sight'; readonly perDay: number; readonly dayCount: number }
  | { readonly kind: 'too-little-history'; readonly dayCount: number };

export const leastDays = 4;
const mostDays = 28;
const futures = 300;
const furthestDays = 365;

export function foretellRunOut(usage: Usage, capacity: number, now: number): RunOutAnswer {
  const peaks = dailyPeaks(usage, now);
  const dayCount = peaks.length;
  if (dayCount < leastDays) return { kind: 'too-little-history', dayCount };
  const random = repeatableRandom(dayCount * 31 + 7);
  const line = fitLine(peaks);
  const rests = peaks.map((peak, day) => peak - line.at(day));
  const misses = slopeMisses(peaks);
  const days: number[] = [];
  let growing = 0;
  for (let future = 0; future < futures; future++) {
    const miss = misses[Math.floor(random() * misses.length)] as number;
    const slope = line.slope + (random() < 0.5 ? -1 : 1) * miss * 1.5 * random();
    if (slope > 0) growing++;
    days.push(daysToFull(line.at(dayCount - 1), slope, rests, capacity, random));
  }
  days.sort((a, b) => a - b);
  const [earliest, median, latest] = [0.1, 0.5, 0.9].map((share) => days[Math.floor(share * futures)] as number);
  if (growing < 0.7 * futures || median === undefined || !Number.isFinite(median))
    return { kind: 'not-in-sight', perDay: line.slope, dayCount };
  const seconds = (count: number): number => Math.round((count * dayMs) / 1_000);
  return {
    kind: 'runs-out',
    runOut: {
      earliest: seconds(earliest as number),
      median: seconds(median),
      latest: latest === undefined || !Number.isFinite(latest) ? null : seconds(latest),
      perDay: line.slope,
      dayCount,
    },
  };
}

/** The peak of each 24 hours up to now, oldest first; ends at the first day backwards of which nothing is known. */
function dailyPeaks({ at, used }: Usage, now: number): readonly number[] {
  const peaks: number[] = [];
  let index = at.length - 1;
  for (let day = 0; day < mostDays; day++) {
    const begin = now - (day + 1) * dayMs;
    let [peak, first, last] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
    for (; index >= 0 && (at[index] as number) >= begin; index--) {
      peak = Math.max(peak, used[index] as number);
      first = Math.min(first, at[index] as number);
      last = Math.max(last, at[index] as number);
    }
    if (peak === Number.NEGATIVE_INFINITY) break;
    // A day of which less than half was seen has no peak of its own.
    if (last - first >= dayMs / 2) peaks.unshift(peak);
    else if (index < 0) break;
    else peaks.unshift(peak);
  }
  return peaks;
}

interface Line {
  readonly slope: number;
  at(day: number): number;
}

/** Theil–Sen over whole weeks where there are two, so that a weekend is no change of pace. */
function fitLine(values: readonly number[]): Line {
  const count = values.length;
  const slopes: number[] = [];
  for (let one = 0; one < count; one++)
    for (let other = one + 1; other < count; other++)
      if (count < 14 || (other - one) % 7 === 0)
        slopes.push(((values[other] as number) - (values[one] as number)) / (other - one));
  const slope = middle(slopes);
  const base = middle(values.map((value, day) => value - slope * day));
  return { slope, at: (day) => base + slope * day };
}

/** By how much a day the same line, fitted on earlier days, missed what came some days later. */
function slopeMisses(peaks: readonly number[]): readonly number[] {
  const known = Math.min(14, peaks.length >> 1);
  const ahead = Math.min(7, Math.max(1, peaks.length >> 2));
  const misses: number[] = [];
  for (let origin = known; origin + ahead <= peaks.length; origin++) {
    const line = fitLine(peaks.slice(origin - known, origin));
    // The middle of those days: a single tooth or burst says nothing of the slope.
    const beside = peaks.slice(origin, origin + ahead).map((peak, day) => peak - line.at(known + day));
    misses.push(Math.abs(middle(beside)) / ((ahead + 1) / 2));
  }
  return misses;
}

/** The rest of the same weekday of any week; of any day where there is no second week. */
function otherRest(rests: readonly number[], day: number, random: () => number): number {
  const count = rests.length;
  if (count < 14) return rests[Math.floor(random() * count)] as number;
  const first = day % 7;
  const weeks = Math.floor((count - 1 - first) / 7) + 1;
  return rests[first + 7 * Math.floor(random() * weeks)] as number;
}

function daysToFull(
  level: number,
  slope: number,
  rests: readonly number[],
  capacity: number,
  random: () => number,
): number {
  const last = rests.length - 1;
  let before = level + (rests[last] as number);
  if (before >= capacity) before = level;
  for (let ahead = 1; ahead <= furthestDays; ahead++) {
    const peak = level + slope * ahead + otherRest(rests, last + ahead, random);
    if (peak >= capacity) {
      const share = peak > before ? (capacity - before) / (peak - before) : 1;
      return ahead - 1 + Math.max(0, Math.min(1, share));
    }
    before = peak;
  }
  return Number.POSITIVE_INFINITY;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
