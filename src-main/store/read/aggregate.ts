/** One figure for a stretch of time. Decides what to read; `Accumulator` does the sums. */
import type { AggregateQuery } from '../../contract/history.ts';
import { assertNever } from '../../contract/outcome.ts';
import { type Buckets, bucketsOf } from '../compaction/roll-up.ts';
import { Quantiles } from './quantiles.ts';
import { type Past, planSpans, readSpans, type Span } from './read-series.ts';

const minuteMs = 60_000;
/** Longer ones are read from minutes, but for their ragged ends. */
const longMs = 6 * 60 * minuteMs;

/** Ready for any aggregation but the quantile: takes samples or buckets in order of time. */
class Accumulator {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  last = Number.NaN;
  increase = 0;
  firstAt = Number.NaN;
  lastAt = Number.NaN;

  /** A counter that falls was restarted at zero: what it shows since is growth, too. Never negative for a counter. */
  add(buckets: Buckets): void {
    for (let index = 0; index < buckets.at.length; index += 1) {
      const [first, last] = [buckets.first[index] as number, buckets.last[index] as number];
      const [min, max] = [buckets.min[index] as number, buckets.max[index] as number];
      if (Number.isNaN(first)) continue;
      if (this.count > 0) this.increase += first >= this.last ? first - this.last : first;
      else this.firstAt = buckets.at[index] as number;
      // Within a bucket: straight up, or up to the maximum, restarted, and up again.
      this.increase += last >= max ? last - first : max - first + last;
      this.count += buckets.count[index] as number;
      this.sum += buckets.sum[index] as number;
      this.min = Math.min(this.min, min);
      this.max = Math.max(this.max, max);
      this.last = last;
      this.lastAt = buckets.at[index] as number;
    }
  }
}

export async function readAggregate(
  past: Past,
  query: AggregateQuery,
  series: ReadonlyMap<number, string>,
  pause: () => void | Promise<void>,
): Promise<Readonly<Record<string, number | null>>> {
  const { aggregation, quantile } = query;
  const ids = new Set(series.keys());
  const values: Record<string, number | null> = Object.fromEntries([...series.values()].map((key) => [key, null]));
  if (aggregation === 'quantile') {
    const sketches = new Map([...ids].map((id) => [id, new Quantiles()]));
    await readSpans(
      past,
      planSpans(past, 'raw', query.from, query.until),
      ids,
      // Of a roll-up only the averages are left to rank.
      (id, { columns }, from) => {
        const [first, , , , sum, count] = columns as readonly Float64Array[];
        sketches
          .get(id)
          ?.add(
            from === 'raw'
              ? (first as Float64Array)
              : (sum as Float64Array).map((one, index) => one / (count?.[index] as number)),
          );
      },
      pause,
    );
    for (const [id, key] of series) values[key] = sketches.get(id)?.at(quantile) ?? null;
    return values;
  }
  const accumulators = new Map([...ids].map((id) => [id, new Accumulator()]));
  await readSpans(
    past,
    spansFor(past, query),
    ids,
    (id, { at, columns }, from) => {
      const [only] = columns as readonly [Float64Array];
      const buckets: Buckets =
        from === 'raw'
          ? { at, first: only, last: only, min: only, max: only, sum: only, count: new Float64Array(at.length).fill(1) }
          : bucketsOf(at, columns);
      accumulators.get(id)?.add(buckets);
    },
    pause,
  );
  for (const [id, key] of series) values[key] = resultOf(accumulators.get(id) as Accumulator, aggregation);
  return values;
}

/** Raw up to the first whole minute and from the last one on. */
function spansFor(past: Past, { from, until }: AggregateQuery): Span[] {
  if (until - from < longMs) return planSpans(past, 'raw', from, until);
  const [first, last] = [Math.ceil(from / minuteMs) * minuteMs, Math.floor(until / minuteMs) * minuteMs];
  return [
    ...planSpans(past, 'raw', from, first),
    ...planSpans(past, '1m', first, last),
    ...planSpans(past, 'raw', last, until),
  ].filter((span) => span.from < span.until);
}

function resultOf(found: Accumulator, aggregation: Exclude<AggregateQuery['aggregation'], 'quantile'>): number | null {
  if (found.count === 0) return aggregation === 'count' ? 0 : null;
  const { increase, firstAt, lastAt } = found;
  switch (aggregation) {
    case 'average':
      return found.sum / found.count;
    case 'min':
      return found.min;
    case 'max':
      return found.max;
    case 'sum':
      return found.sum;
    case 'count':
      return found.count;
    case 'last':
      return found.last;
    case 'increase':
      return increase;
    case 'rate':
      return lastAt > firstAt ? increase / ((lastAt - firstAt) / 1000) : null;
    default:
      return assertNever(aggregation);
  }
}
