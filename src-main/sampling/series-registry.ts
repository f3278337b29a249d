/**
 * Interns series, so that two samples of one line share one object and its canonical text is built once. Series that
 * nobody wrote for two generations are forgotten here (names of processes come and go); the store still knows them.
 */
import { type Labels, type MetricDescription, type Series, seriesKey } from '../contract/metric.ts';

const noLabels: Labels = Object.freeze({});

export class SeriesRegistry {
  #current = new Map<MetricDescription, Map<string, Series>>();
  #previous = new Map<MetricDescription, Map<string, Series>>();

  intern(metric: MetricDescription, labels: Labels = noLabels): Series {
    const id = labelId(metric, labels);
    let series = this.#current.get(metric)?.get(id);
    if (series !== undefined) return series;
    series = this.#previous.get(metric)?.get(id) ?? {
      key: seriesKey(metric, labels),
      metric,
      labels: metric.labels.length === 0 ? noLabels : { ...labels },
    };
    let ofMetric = this.#current.get(metric);
    if (ofMetric === undefined) {
      ofMetric = new Map();
      this.#current.set(metric, ofMetric);
    }
    ofMetric.set(id, series);
    return series;
  }

  /** Starts a new generation; to be called seldom (every ten minutes). */
  forgetUnused(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }

  get size(): number {
    let size = 0;
    for (const ofMetric of this.#current.values()) size += ofMetric.size;
    return size;
  }
}

function labelId(metric: MetricDescription, labels: Labels): string {
  const { labels: names } = metric;
  if (names.length === 0) return '';
  if (names.length === 1) return labels[names[0] as string] ?? '';
  let id = '';
  for (const name of names) {
    const value = labels[name] ?? '';
    // Its length in front, because a value may hold any separator.
    id += `${value.length}:${value}`;
  }
  return id;
}
