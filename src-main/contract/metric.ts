/**
 * What a measured quantity is: sources describe their metrics once, and every screen, chart and exposition draws from
 * that.
 */
import type { Text } from './text/text.ts';

export type Unit =
  | 'percent'
  | 'ratio'
  | 'bytes'
  | 'bytes_per_second'
  | 'seconds'
  | 'count'
  | 'per_second'
  | 'celsius'
  | 'hertz'
  | 'watts'
  | 'rpm'
  | 'boolean';

export interface MetricDescription {
  /** snake_case without the `hakgal_` prefix, by the Prometheus naming rules: base units, `_total` only on counters. */
  readonly name: string;
  /** A few words in sentence case for a card or a chart. */
  readonly title: Text;
  /** One sentence for tooltips and, in English, `# HELP`. */
  readonly help: Text;
  readonly unit: Unit;
  /** Of yes or no: what has happened when it becomes so, as a rule over it says: "Service stops answering". */
  readonly whenTrue?: Text;
  readonly whenFalse?: Text;
  /** A counter only grows and restarts at zero with its source; a gauge goes both ways. */
  readonly kind: 'gauge' | 'counter';
  /** Names of the labels that every series of this metric carries, in exposition order. */
  readonly labels: readonly string[];
  /** The value is text in a label and the sample is always 1 (versions, modes). */
  readonly isInfo?: boolean;
  /**
   * Part of a histogram: the family's name, which is this metric's without `_bucket`, `_sum` or `_count`. Exposed under
   * one `# TYPE … histogram` line; the buckets carry the label `le`.
   */
  readonly histogram?: string;
}

/** A metric as it travels: in English, for scripts; a window asks for its own language by `metric.<name>`. */
export interface MetricInfo extends Omit<MetricDescription, 'title' | 'help' | 'whenTrue' | 'whenFalse'> {
  readonly title: string;
  readonly help: string;
}

export const metricInfo = ({ title, help, whenTrue: _, whenFalse: __, ...metric }: MetricDescription): MetricInfo => ({
  ...metric,
  title: title.en,
  help: help.en,
});

const endings: readonly (readonly [ending: string, unit: Unit])[] = [
  ['_bytes_per_second', 'bytes_per_second'],
  ['_bytes', 'bytes'],
  ['_seconds', 'seconds'],
  ['_ratio', 'ratio'],
  ['_percent', 'percent'],
  ['_celsius', 'celsius'],
];

/** Names end in their unit, so that a rule can be read while nothing yields its metric. */
export const unitOfName = (name: string): Unit => endings.find(([ending]) => name.endsWith(ending))?.[1] ?? 'count';

export type Labels = Readonly<Record<string, string>>;

/** One line over time: a metric with its label values. Interned, so that two samples of one series share one object. */
export interface Series {
  /**
   * Canonical text, `name` or `name{a="x",b="y"}` with labels in the metric's order and values escaped as Prometheus
   * does.
   */
  readonly key: string;
  readonly metric: MetricDescription;
  readonly labels: Labels;
}

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** The canonical text of a series; labels that the metric does not declare are left out. */
export function seriesKey(metric: Pick<MetricDescription, 'name' | 'labels'>, labels: Labels): string {
  if (metric.labels.length === 0) return metric.name;
  const pairs = metric.labels.map((name) => `${name}="${escapeLabel(labels[name] ?? '')}"`);
  return `${metric.name}{${pairs.join(',')}}`;
}

/** The metric's name in a series key. */
export function metricOfKey(key: string): string {
  const brace = key.indexOf('{');
  return brace === -1 ? key : key.slice(0, brace);
}

/** Reads a series key back into name and labels; undefined where the text is not one. */
export function parseSeriesKey(key: string): { readonly name: string; readonly labels: Labels } | undefined {
  const brace = key.indexOf('{');
  if (brace === -1) return /^[a-z_:][a-z0-9_:]*$/i.test(key) ? { name: key, labels: {} } : undefined;
  const labels: Record<string, string> = {};
  const body = key.slice(brace + 1, -1);
  const pair = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy;
  while (pair.lastIndex < body.length) {
    const match = pair.exec(body);
    if (match === null) return undefined;
    labels[match[1] as string] = (match[2] as string).replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
  }
  return { name: key.slice(0, brace), labels };
}
