/**
 * The last number of each series at or before a moment: windows are looked through from there backwards until all are
 * found.
 */
import type { ValuesAt } from '../../contract/history.ts';
import { levels, periodStart } from '../compaction/levels.ts';
import { boundsOf, type Past, planSpans, readSpans } from './read-series.ts';

const windowMs = levels.raw.periodMs;

export async function readValuesAt(
  past: Past,
  series: ReadonlyMap<number, string>,
  at: number,
  withinMs: number,
  pause: () => void | Promise<void>,
): Promise<ValuesAt> {
  const values: Record<string, { at: number; value: number } | null> = {};
  for (const key of series.values()) values[key] = null;
  const missing = new Set(series.keys());
  const oldest = Math.max(at - withinMs, boundsOf(past.segments, past.head)[0]);
  for (let window = periodStart(at, windowMs); window + windowMs > oldest && missing.size > 0; window -= windowMs) {
    // Whatever comes later in the window is the later value; `until` is not part of a span.
    const spans = planSpans(past, 'raw', Math.max(oldest, window), Math.min(at + 1, window + windowMs));
    await readSpans(
      past,
      spans,
      new Set(missing),
      (id, piece, resolution) => {
        // The second column of a bucket is its last value.
        const column = piece.columns[resolution === 'raw' ? 0 : 1] as Float64Array;
        const index = column.findLastIndex((value) => !Number.isNaN(value));
        if (index === -1) return;
        values[series.get(id) as string] = { at: piece.at[index] as number, value: column[index] as number };
        missing.delete(id);
      },
      pause,
    );
  }
  return values;
}
