/** Answers for charts: columns of each series, from the resolution that fits, with the gaps of the stretch. */
import type { Gap } from '../../contract/batch.ts';
import type { RangeAnswer, RangeQuery, Resolution } from '../../contract/history.ts';
import { resolutions } from '../compaction/levels.ts';
import { bucketsOf } from '../compaction/roll-up.ts';
import type { SeriesRow } from '../series-table.ts';
import { ColumnBuilder } from './columns.ts';
import { type Past, planSpans, readSpans } from './read-series.ts';

/**
 * A roll-up serves columns of at least this many buckets: the width is rounded to whole buckets, and that should not
 * show.
 */
const leastBuckets = 4;

/** Width of a column and the coarsest resolution that can fill it. Pure. */
function chooseStep(query: Pick<RangeQuery, 'from' | 'until' | 'columns'>): {
  readonly stepMs: number;
  readonly resolution: Resolution;
} {
  const exact = (query.until - query.from) / query.columns;
  for (const { name, bucketMs } of resolutions.toReversed())
    if (bucketMs > 0 && exact >= leastBuckets * bucketMs)
      return { stepMs: Math.ceil(exact / bucketMs) * bucketMs, resolution: name };
  return { stepMs: Math.max(1000, Math.ceil(exact)), resolution: 'raw' };
}

export async function readRange(
  past: Past,
  query: RangeQuery,
  series: readonly SeriesRow[],
  gaps: readonly Gap[],
  pause: () => void | Promise<void>,
): Promise<RangeAnswer> {
  const { from, until } = query;
  const { stepMs, resolution } = chooseStep(query);
  // Columns on a grid of whole steps stay where they are while the stretch moves on, and buckets never straddle two.
  const origin = resolution === 'raw' ? from : Math.floor(from / stepMs) * stepMs;
  const builders = new Map(series.map(({ id }) => [id, new ColumnBuilder(origin, stepMs)]));
  const spans = planSpans(past, resolution, from, until);
  await readSpans(
    past,
    spans,
    new Set(builders.keys()),
    (id, { at, columns }, from) => {
      const builder = builders.get(id) as ColumnBuilder;
      if (from === 'raw') builder.addSamples(at, columns[0] as Float64Array);
      else builder.addBuckets(bucketsOf(at, columns));
    },
    pause,
  );
  const read = resolutions.findLast(({ name }) => spans.some((span) => span.resolution === name));
  return {
    from,
    until,
    stepMs,
    resolution: read?.name ?? resolution,
    series: series.map(({ id, key, metric, labels }) => ({
      key,
      metric,
      labels,
      ...(builders.get(id) as ColumnBuilder).finish(),
    })),
    gaps,
  };
}
