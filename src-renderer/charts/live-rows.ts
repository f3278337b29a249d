/** A live chart as rows of a table: few enough to be read, and each stays what it is once it is there. Pure. */
import type { HistoryRow } from './history-rows.ts';
import type { ChartLine } from './live-chart.tsx';

/** Thirty rows for the five minutes of a live chart. */
const rowEveryMs = 10_000;

/** One row for the first tick of each ten seconds, in the order of time. */
export function liveRows(at: readonly number[], lines: readonly ChartLine[]): readonly HistoryRow[] {
  const rows: HistoryRow[] = [];
  for (const [index, time] of at.entries()) {
    const before = at[index - 1];
    if (before !== undefined && Math.floor(before / rowEveryMs) === Math.floor(time / rowEveryMs)) continue;
    // A line that began later than the others is shorter: its newest value is the last one all the same.
    const values = lines.map((line, number) => [`v${number}`, line.values.at(index - at.length) ?? null] as const);
    rows.push({ at: time, ...Object.fromEntries(values) });
  }
  return rows;
}
