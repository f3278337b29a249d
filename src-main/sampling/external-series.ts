/**
 * Series whose names and labels come from outside (OpenTelemetry, StatsD, a scraped endpoint): bounded in number,
 * turned into names that Prometheus accepts, forgotten when nothing comes any more. The last value that came is told
 * once.
 */
import { type Labels, type MetricDescription, seriesKey, type Unit } from '../contract/metric.ts';
import { sameInEvery, type Text } from '../contract/text/text.ts';
import type { SampleSink } from './source.ts';

export interface ExternalMetric {
  /** Already with its prefix; made safe here. */
  readonly name: string;
  /** What tells it from another of the same safe name; the name itself when left out. */
  readonly original?: string;
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

/** Beyond these a series is refused as a whole: a name or value that is cut may be that of another. */
const maxLabels = 64;
const maxValueLength = 4_096;
const maxNameLength = 500;
const forgetAfterMs = 600_000;

const titleOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;

const asReported = (name: string): Text => ({
  en: `As reported by an application under the name ${name}.`,
  de: `Wie von einer Anwendung unter dem Namen ${name} gemeldet.`,
});

const legalName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const legalLabel = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * As Prometheus takes it: a legal name as it is, else with underscores; two names may end in one, which SafeNames keeps
 * apart.
 */
export const safeName = (name: string): string => {
  if (legalName.test(name)) return name;
  const safe = name.replace(/[^a-zA-Z0-9_:]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[0-9]/.test(safe) || safe === '' ? `_${safe}` : safe;
};

const safeLabel = (name: string): string => {
  if (legalLabel.test(name)) return name;
  const safe = name.replace(/[^a-zA-Z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[0-9]/.test(safe) || safe === '' ? `_${safe}` : safe;
};

/** Prometheus' escaping of names by value: each name has one of its own, and it can be read back. */
const escapedName = (name: string): string =>
  `U__${Array.from(name.replaceAll('_', '__'), (character) =>
    /[a-zA-Z0-9_]/.test(character) ? character : `_${(character.codePointAt(0) ?? 0).toString(16)}_`,
  ).join('')}`;

/** Gives each foreign name a legal one that no other has. */
class SafeNames {
  readonly #owners = new Map<string, string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  of(original: string, wanted: string): string {
    const owner = this.#owners.get(wanted);
    if (owner === original) return wanted;
    if (owner !== undefined || this.#owners.size >= this.#limit) return `${wanted}_${escapedName(original)}`;
    this.#owners.set(wanted, original);
    return wanted;
  }
}

/** Labels of the peer beside ours: one of the same name becomes `exported_…`, as Prometheus has it. */
export function withOwnLabels(theirs: Labels, ours: Labels): Labels {
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(theirs)) {
    let free = name;
    while (free in ours || (free !== name && free in theirs)) free = `exported_${free}`;
    labels[free] = value;
  }
  return { ...labels, ...ours };
}

export class ExternalSeries {
  readonly #lines = new Map<string, Line>();
  readonly #metrics = new Map<string, MetricDescription>();
  readonly #max: number;
  readonly #names: SafeNames;
  readonly #labelNames: SafeNames;

  constructor(max: number) {
    this.#max = max;
    this.#names = new SafeNames(max * 2);
    this.#labelNames = new SafeNames(1_000);
  }

  get size(): number {
    return this.#lines.size;
  }

  get hasRoom(): boolean {
    return this.#lines.size < this.#max;
  }

  get metrics(): readonly MetricDescription[] {
    return [...this.#metrics.values()];
  }

  /**
   * Sets a value, or adds to the one before.
   * @returns false when there is no room for another series, or it has more or longer labels than are kept
   */
  put(external: ExternalMetric, labels: Labels, value: number, now: number, isDelta = false): boolean {
    const safe = this.#safeLabels(labels);
    if (safe === undefined || external.name.length > maxNameLength) return false;
    const metric = this.#describe(external, Object.keys(safe).sort());
    const key = seriesKey(metric, safe);
    const line = this.#lines.get(key);
    if (line !== undefined) {
      line.value = isDelta ? line.value + value : value;
      line.isNew = true;
      line.updatedAt = now;
      return true;
    }
    if (this.#lines.size >= this.#max) return false;
    this.#lines.set(key, { metric, labels: safe, value, isNew: true, updatedAt: now });
    return true;
  }

  /** Tells what came since the last time. */
  emit(sink: SampleSink): void {
    for (const line of this.#lines.values()) {
      if (!line.isNew) continue;
      line.isNew = false;
      sink.sample(line.metric, line.value, line.labels);
    }
  }

  forgetSilent(now: number): void {
    for (const [key, { updatedAt }] of this.#lines) if (now - updatedAt > forgetAfterMs) this.#lines.delete(key);
  }

  /** An empty label is none. */
  #safeLabels(labels: Labels): Record<string, string> | undefined {
    const entries = Object.entries(labels).filter(([, value]) => value !== '');
    if (entries.length > maxLabels) return undefined;
    const safe: Record<string, string> = {};
    for (const [name, value] of entries) {
      if (value.length > maxValueLength || name.length > maxNameLength) return undefined;
      safe[this.#labelNames.of(name, safeLabel(name))] = value;
    }
    return safe;
  }

  /** One object for each name and set of labels, as the registry wants it. */
  #describe(external: ExternalMetric, labels: readonly string[]): MetricDescription {
    // The parts of a histogram keep the family's name in front.
    const base = external.histogram ?? external.name;
    const safeBase = this.#names.of(external.original ?? base, safeName(base));
    const name = `${safeBase}${external.name.slice(base.length)}`;
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
        ...(histogram && { histogram: safeBase }),
      };
      // A sender of ever new names must not fill the memory with descriptions of series that were refused.
      if (this.#metrics.size < this.#max) this.#metrics.set(id, metric);
    }
    return metric;
  }
}
