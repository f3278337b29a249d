/** Stored columns as rows of a chart: one a step, null where nothing was measured. Pure. */
import type { RangeAnswer, SeriesColumns } from '@contract/history.ts';
import type { MetricInfo, Unit } from '@contract/metric.ts';

export interface HistoryLine {
  readonly name: string;
  /** Index of its values in a row. */
  readonly field: `v${number}`;
  readonly isEarlier: boolean;
}

export interface HistoryRow {
  readonly at: number;
  readonly [field: `v${number}`]: number | null;
  /** Lowest and highest of the column, for a chart of a single line. */
  readonly band?: readonly [number, number];
}

/** A slow source has a value every ten seconds or every minute: so far a value holds. */
const holdMs = 70_000;

export function historyRows(
  answer: RangeAnswer,
  metric: MetricInfo | undefined,
  shiftMs = 0,
  offset = 0,
): Map<number, HistoryRow> {
  const { from, until, stepMs, series } = answer;
  const start = Math.floor(from / stepMs) * stepMs;
  const rows = new Map<number, Record<string, unknown>>();
  for (let at = start; at < until; at += stepMs) rows.set(at + shiftMs, { at: at + shiftMs });
  const hold = Math.ceil(holdMs / stepMs);
  const inGap = (at: number): boolean =>
    answer.gaps.some((gap) => gap.source === undefined && at + stepMs > gap.from && at < gap.until);
  for (const [index, columns] of series.entries()) {
    const values = valuesOf(columns, metric);
    const known = new Map(Array.from(columns.at, (at, number) => [Math.floor(at / stepMs) * stepMs, number] as const));
    let last: number | null = null;
    let age = 0;
    for (let at = start; at < until; at += stepMs) {
      const number = known.get(at);
      const value = number === undefined ? null : (values[number] ?? null);
      if (value !== null) [last, age] = [value, 0];
      else age += 1;
      const row = rows.get(at + shiftMs) as Record<string, unknown>;
      row[`v${index + offset}`] = value ?? (age < hold && !inGap(at) ? last : null);
      if (series.length === 1 && offset === 0 && number !== undefined && metric?.kind !== 'counter')
        row.band = [columns.min[number], columns.max[number]];
    }
  }
  return rows as Map<number, unknown> as Map<number, HistoryRow>;
}

/** A counter is drawn as its growth a second; a restart from zero has none. */
function valuesOf(columns: SeriesColumns, metric: MetricInfo | undefined): (number | null)[] {
  if (metric?.kind !== 'counter') return Array.from(columns.average);
  return Array.from(columns.last, (last, index) => {
    const before = index === 0 ? columns.first[0] : columns.last[index - 1];
    const since = index === 0 ? columns.at[0] : columns.at[index - 1];
    const seconds = ((columns.at[index] as number) - (since as number)) / 1000;
    return seconds > 0 && before !== undefined && last >= before ? (last - before) / seconds : null;
  });
}

/** What the values of a chart count: a counter's growth has another unit than the counter. */
export function chartUnit(metric: MetricInfo | undefined): Unit {
  if (metric === undefined) return 'count';
  if (metric.kind !== 'counter') return metric.unit;
  return metric.unit === 'bytes' ? 'bytes_per_second' : metric.unit === 'seconds' ? 'ratio' : 'per_second';
}
