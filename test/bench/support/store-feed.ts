/**
 * A day of one-second samples, made of four recorded phases of a real machine, in pieces as an import hands them over.
 */
import type { TickColumns } from '../../../src-main/store/transfer/read-table.ts';
import { createFeed } from '../../fixtures/feed/day.ts';

export const hours = Number(process.env.HAKGAL_BENCH_HOURS ?? 24);
export const start = Date.UTC(2026, 0, 1);
export const ticksAtOnce = 600;

/** The feed in pieces of ten minutes; the same each time it is asked for. */
export function* feedChunks(onlyMoving: boolean, until = hours): Generator<TickColumns> {
  const feed = createFeed();
  for (let tick = 0; tick < until * 3600; tick += ticksAtOnce) {
    const at = Float64Array.from({ length: ticksAtOnce }, (_, index) => start + (tick + index) * 1000);
    const ends = new Uint32Array(ticksAtOnce);
    const columns: number[] = [];
    const values: number[] = [];
    for (let index = 0; index < ticksAtOnce; index += 1) {
      for (const [series, value] of feed.next()) {
        if (onlyMoving && !feed.moving.has(series)) continue;
        columns.push(series);
        values.push(value);
      }
      ends[index] = columns.length;
    }
    yield { at, ends, columns: Uint32Array.from(columns), values: Float64Array.from(values) };
  }
}

export function* take<T>(items: Iterator<T>, count: number): Generator<T> {
  for (let index = 0; index < count; index += 1) {
    const { value, done } = items.next();
    if (done === true) return;
    yield value;
  }
}

export function only({ at, ends, columns, values }: TickColumns, wanted: ReadonlySet<number>): TickColumns {
  const keptColumns: number[] = [];
  const keptValues: number[] = [];
  let begin = 0;
  const keptEnds = ends.map((end) => {
    for (let index = begin; index < end; index += 1)
      if (wanted.has(columns[index] as number)) {
        keptColumns.push(columns[index] as number);
        keptValues.push(values[index] as number);
      }
    begin = end;
    return keptColumns.length;
  });
  return { at, ends: keptEnds, columns: Uint32Array.from(keptColumns), values: Float64Array.from(keptValues) };
}
