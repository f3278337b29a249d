import { describe, expect, it } from 'vitest';
import { analyseCapacity } from '../../src-main/analysis/capacity.ts';
import type { RangeQuery } from '../../src-main/contract/history.ts';
import { NoData } from '../../src-main/sampling/source.ts';

const now = Date.UTC(2026, 0, 29);
const hourMs = 3_600_000;
const size = 500e9;

/** A volume whose free bytes are `freeAt` hours before now, from `knownHours` ago. */
function analyse(freeAt: (hoursAgo: number) => number, knownHours: number) {
  return analyseCapacity({
    range: async ({ from, until, columns }: RangeQuery) => {
      const stepMs = (until - from) / columns;
      const at = Array.from({ length: columns }, (_, index) => from + index * stepMs).filter(
        (time) => time >= now - knownHours * hourMs,
      );
      const series = (metric: string, valueAt: (time: number) => number) => {
        const values = at.map(valueAt);
        const rest = { min: values, max: values, first: values, last: values, average: values, count: values };
        return { key: `${metric}{volume="/"}`, metric, labels: { volume: '/' }, at, ...rest };
      };
      return {
        ...{ from, until, stepMs, resolution: '1m', gaps: [] },
        series: [
          series('disk_space_free_bytes', (time) => freeAt((now - time) / hourMs)),
          series('disk_space_size_bytes', () => size),
        ],
      };
    },
  });
}

async function collect(analysis: ReturnType<typeof analyse>): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  const sink = {
    sample: ({ name }: { name: string }, value: number | null | undefined) => {
      if (value !== null && value !== undefined) seen[name] = value;
    },
  };
  await analysis.source.collect(sink, { at: now, monotonic: 0, signal: new AbortController().signal });
  return seen;
}

describe('the capacity forecast', () => {
  it('gives a range around the day on which a volume that loses 10 GB a day is full', async () => {
    const analysis = analyse((ago) => 100e9 + (ago / 24) * 10e9 + 1e9 * Math.sin(ago), 24 * 28);
    const seen = await collect(analysis);
    const days = (name: string) => (seen[`forecast_disk_full_${name}seconds`] as number) / 86_400;
    expect(days('')).toBeGreaterThan(9);
    expect(days('')).toBeLessThan(11);
    expect(days('earliest_')).toBeLessThanOrEqual(days(''));
    expect(days('latest_')).toBeGreaterThanOrEqual(days(''));
    expect(analysis.volumes()[0]).toMatchObject({ state: 'runs-out', volume: '/', freeBytes: expect.any(Number) });
  });

  it('cries no wolf over half an hour of a build with 67 GiB free', async () => {
    const analysis = analyse((ago) => 67 * 2 ** 30 + Math.min(ago, 0.5) * 20e9, 0.6);
    await expect(collect(analysis)).rejects.toBeInstanceOf(NoData);
    expect(analysis.volumes()[0]).toMatchObject({ state: 'too-little-history', dayCount: 0, medianSeconds: null });
  });

  it('says within the hour that a runaway log fills the disk', async () => {
    const analysis = analyse((ago) => (ago > 1 ? 60e9 : 20e9 + ago * 40e9), 24 * 10);
    const seen = await collect(analysis);
    expect(seen.forecast_disk_full_seconds).toBeLessThan(45 * 60);
    expect(analysis.volumes()[0]?.state).toBe('filling-fast');
  });

  it('knows a nightly copy that comes and goes', async () => {
    const nightly = (ago: number) => {
      const hour = ((-ago % 24) + 24) % 24;
      return 60e9 - (hour < 2 ? hour * 20e9 : hour < 3 ? 40e9 : 0);
    };
    // In the middle of the copy.
    const analysis = analyse((ago) => nightly(ago - 1.5), 24 * 28);
    expect(await collect(analysis)).toEqual({});
    expect(analysis.volumes()[0]?.state).toBe('not-in-sight');
  });

  it('has nothing to say of a volume that gains room or stays as it is', async () => {
    expect(await collect(analyse(() => 100e9, 24 * 28))).toEqual({});
    expect(await collect(analyse((ago) => 100e9 + (28 - ago / 24) * 1e9, 24 * 28))).toEqual({});
  });
});
