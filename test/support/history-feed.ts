/** A store for one test, and ticks to put in: series `feed_1` … in which tick n holds n and what follows from it. */
import { onTestFinished } from 'vitest';
import type { Batch } from '../../src-main/contract/batch.ts';
import type { Series } from '../../src-main/contract/metric.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import { openStore, type Store } from '../../src-main/store/open-store.ts';

export async function openedForTest(path: string): Promise<Store> {
  const store = await openStore(path);
  onTestFinished(() => store.close().catch(() => {}));
  return store;
}

export function historyFeed(width: number, start = Date.UTC(2026, 0, 1)): (second: number) => Batch {
  const series = Array.from({ length: width }, (_, index): Series => {
    const name = `feed_${index + 1}`;
    return {
      key: name,
      labels: {},
      metric: { name, title: sameInEvery(name), help: sameInEvery(name), unit: 'count', kind: 'gauge', labels: [] },
    };
  });
  return (second) => ({
    at: start + second * 1000,
    samples: series.map((one, index) => ({ series: one, value: index === 0 ? second : Math.sin(second * index) })),
    gaps: [],
  });
}
