/** Runs a source by hand: the samples of one collection by series key. */
import type { Labels, MetricDescription } from '../../src-main/contract/metric.ts';
import { seriesKey } from '../../src-main/contract/metric.ts';
import type { Source } from '../../src-main/sampling/source.ts';

export async function runOnce(source: Source, at = 0, monotonic = 0): Promise<Readonly<Record<string, number>>> {
  const values: Record<string, number> = {};
  const sample = (metric: MetricDescription, value: number | null | undefined, labels: Labels = {}): void => {
    if (value !== null && value !== undefined) values[seriesKey(metric, labels)] = value;
  };
  await source.collect({ sample }, { at, monotonic, signal: new AbortController().signal });
  return values;
}
