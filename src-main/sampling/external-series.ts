/**
 * Series whose names and labels come from outside (OpenTelemetry, StatsD, a scraped endpoint): bounded in number, turned into
 * names that Prometheus accepts, forgotten when nothing comes any more. The last value that came is told once.
 */
import { type Labels, type MetricDescription, seriesKey, type Unit } from '../contract/metric.ts';
import { sameInEvery, type Text } from '../contract/text.ts';
import type { SampleSink } from './source.ts';

export interface ExternalMetric {
  /** Already with its prefix; made safe here. */
  readonly name: string;
  readonly help: string;
  readonly unit: Unit;
  readonly kind: 'gauge' | 'counter';
  readonly histogram?: string;
}

interface Line {
  readonly metric: MetricDescription;
  readonly labels: Labels;
  value: number;
  isNew: boolean;
  updatedAt: number;
}

const maxLabels = 12;
const longestValue = 200;
const forgetAfterMs = 600_000;

const titleOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;

const asReported = (name: string): Text => ({
  en: `As reported by an application under the name ${name}.`,
  de: `Wie von einer Anwendung unter dem Namen ${name} gemeldet.`,
});

export const safeName = (name: string): string => {
  const safe = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return /^[0-9]/.test(safe) ? `_${safe}` : safe.slice(0, 150);
};

/** Label names that begin with two underscores belong to Prometheus itself. */
export const safeLabel = (name: string): string => {
  const safe = name.replace(/[^a-zA-Z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return (/^[0-9]/.test(safe) ? `_${safe}` : safe).slice(0, 100) || 'label';
};

export class ExternalSeries {
  readonly #lines = new Map<string, Line>();
  readonly #metrics = new Map<string, MetricDescription>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#lines.size;
  }

  get metrics(): readonly MetricDescription[] {
    return [...this.#metrics.values()];
  }

  /**
   * Sets a value, or adds to the one before.
   * @returns false when there is no room for another series
   */
  put(external: ExternalMetric, labels: Labels, value: number, now: number, isDelta = false): boolean {
    const safe: Record<string, string> = {};
    for (const [name, text] of Object.entries(labels).slice(0, maxLabels))
      safe[safeLabel(name)] = text.slice(0, longestValue);
    const metric = this.#describe(external, Object.keys(safe).sort());
    const key = seriesKey(metric, safe);
    const line = this.#lines.get(key);
    if (line !== undefined) {
      line.value = isDelta ? line.value + value : value;
      line.isNew = true;
      line.updatedAt = now;
      return true;
    }
    if (this.#lines.size >= this.#most) return false;
    this.#lines.set(key, { metric, labels: safe, value, isNew: true, updatedAt: now });
    return true;
  }

  /** Tells what came since the last time. */
  tell(sink: SampleSink): void {
    for (const line of this.#lines.values()) {
      if (!line.isNew) continue;
      line.isNew = false;
      sink.sample(line.metric, line.value, line.labels);
    }
  }

  forgetSilent(now: number): void {
    for (const [key, { updatedAt }] of this.#lines) if (now - updatedAt > forgetAfterMs) this.#lines.delete(key);
  }

  /** One object for each name and set of labels, as the registry wants it. */
  #describe(external: ExternalMetric, labels: readonly string[]): MetricDescription {
    const name = safeName(external.name);
    const id = `${name} ${external.kind} ${labels.join(' ')}`;
    let metric = this.#metrics.get(id);
    if (metric === undefined) {
      const { help, unit, kind, histogram } = external;
      metric = {
        name,
        title: sameInEvery(titleOf(name)),
        help: help ? sameInEvery(help) : asReported(external.name),
        unit,
        kind,
        labels,
        ...(histogram && { histogram: safeName(histogram) }),
      };
      // A sender of ever new names must not fill the memory with descriptions of series that were refused.
      if (this.#metrics.size < this.#most) this.#metrics.set(id, metric);
    }
    return metric;
  }
}
