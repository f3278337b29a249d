/** The store about itself: a failing store becomes a metric with a rule of its own, which needs no store to fire. */
import type { MetricDescription } from '../contract/metric.ts';
import type { Source } from '../sampling/source.ts';
import type { StoreStatus } from './store-types.ts';

const up: MetricDescription = {
  name: 'store_up',
  title: { en: 'History is stored', de: 'Verlauf wird gespeichert' },
  whenFalse: { en: 'History is no longer stored', de: 'Verlauf wird nicht mehr gespeichert' },
  help: {
    en: 'Whether the last tick reached the history file: 1, or 0 while it does not.',
    de: 'Ob der letzte Takt in der Datei mit dem Verlauf ankam: 1, oder 0, solange nicht.',
  },
  unit: 'boolean',
  kind: 'gauge',
  labels: [],
};
const series: MetricDescription = {
  name: 'store_series',
  title: { en: 'Series in the history', de: 'Reihen im Verlauf' },
  help: { en: 'Series that the history has ever stored.', de: 'Reihen, die der Verlauf je gespeichert hat.' },
  unit: 'count',
  kind: 'gauge',
  labels: [],
};

export function storeSource(status: () => StoreStatus): Source {
  return {
    id: 'store',
    title: { en: 'History store', de: 'Verlauf' },
    interval: 'fast',
    timeoutMs: 1_000,
    metrics: [up, series],
    collect(sink) {
      const { state, seriesCount } = status();
      sink.sample(up, state === 'storing' ? 1 : 0);
      sink.sample(series, seriesCount);
    },
  };
}
