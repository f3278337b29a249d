/** A span of the stored history as a recording, also while the monitor writes it. */
import { metricsOfHistory, recordingOfHistory, type StoredTick } from '../explain/from-history.ts';
import type { Recording } from '../explain/recording.ts';
import { exportFile, findSeries } from '../store/read-only.ts';
import { TableReader } from '../store/transfer/read-table.ts';

/** @throws what SQLite throws where there is no history */
export async function readPast(history: string, from: number, until: number): Promise<Recording> {
  const { found } = findSeries(history, metricsOfHistory);
  if (found.length === 0) return [];
  const table = new TableReader();
  const ticks: StoredTick[] = [];
  let rest = '';
  const take = (): void => {
    const { at, ends, columns, values } = table.take();
    let index = 0;
    for (const [tick, end] of ends.entries()) {
      const ofTick = new Map<string, number>();
      for (; index < end; index += 1) {
        const key = table.series?.[columns[index] as number];
        if (key !== undefined) ofTick.set(key, values[index] as number);
      }
      ticks.push({ at: at[tick] as number, values: ofTick });
    }
  };
  for await (const { text } of exportFile(history, { series: [...found], from, until, format: 'csv' })) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) table.push(line);
    take();
  }
  return recordingOfHistory(ticks.filter(({ values }) => values.size > 0));
}
