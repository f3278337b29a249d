/** Samples to buckets, and small buckets to larger ones. Pure. */
import { powersOfTen, scaleOf } from '../codec/decimals.ts';

/** Parallel arrays; `at` is the start of each bucket. A bucket without a number does not exist. */
export interface Buckets {
  readonly at: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly sum: Float64Array;
  readonly count: Float64Array;
}

/**
 * Columns of a block of buckets, in this order. Differences to `first` are small and never negative where they can be.
 */
export const bucketColumns = ({ first, last, min, max, sum, count }: Buckets): readonly Float64Array[] => [
  first,
  last,
  min,
  max,
  sum,
  count,
];

export function bucketsOf(at: Float64Array, columns: readonly Float64Array[]): Buckets {
  const [first, last, min, max, sum, count] = columns;
  if (!(first && last && min && max && sum && count)) throw new RangeError('A block of a roll-up has too few columns');
  return { at, first, last, min, max, sum, count };
}

export function rollUpSamples(at: Float64Array, values: Float64Array, bucketMs: number): Buckets {
  const ones = new Float64Array(values.length).fill(1);
  return rollUp({ at, first: values, last: values, min: values, max: values, sum: values, count: ones }, bucketMs);
}

export function rollUp(fine: Buckets, bucketMs: number): Buckets {
  const lists: Record<keyof Buckets, number[]> = { at: [], first: [], last: [], min: [], max: [], sum: [], count: [] };
  let index = -1;
  let until = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < fine.at.length; place += 1) {
    const at = fine.at[place] as number;
    if (Number.isNaN(fine.sum[place])) continue;
    if (at >= until) {
      const start = Math.floor(at / bucketMs) * bucketMs;
      until = start + bucketMs;
      index += 1;
      lists.at.push(start);
      lists.first.push(fine.first[place] as number);
      lists.last.push(fine.last[place] as number);
      lists.min.push(fine.min[place] as number);
      lists.max.push(fine.max[place] as number);
      lists.sum.push(fine.sum[place] as number);
      lists.count.push(fine.count[place] as number);
      continue;
    }
    lists.last[index] = fine.last[place] as number;
    lists.min[index] = Math.min(lists.min[index] as number, fine.min[place] as number);
    lists.max[index] = Math.max(lists.max[index] as number, fine.max[place] as number);
    lists.sum[index] = (lists.sum[index] as number) + (fine.sum[place] as number);
    lists.count[index] = (lists.count[index] as number) + (fine.count[place] as number);
  }
  return {
    at: Float64Array.from(lists.at),
    first: Float64Array.from(lists.first),
    last: Float64Array.from(lists.last),
    min: Float64Array.from(lists.min),
    max: Float64Array.from(lists.max),
    sum: tidySums(fine.sum, lists.sum),
    count: Float64Array.from(lists.count),
  };
}

/** A sum of decimals is a decimal of the same scale; adding doubles leaves dust behind it that would not compress. */
function tidySums(summands: Float64Array, sums: readonly number[]): Float64Array {
  let scale = 0;
  for (const summand of summands) {
    if (Number.isNaN(summand)) continue;
    scale = scaleOf(summand, scale);
    if (scale === -1) return Float64Array.from(sums);
  }
  const power = powersOfTen[scale] as number;
  return Float64Array.from(sums, (sum) => Math.round(sum * power) / power);
}
