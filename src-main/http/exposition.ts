/** The live values as Prometheus text 0.0.4 and as OpenMetrics 1.0.0. Pure. */
import type { LiveState, SeriesInfo } from '../contract/live.ts';
import type { MetricDescription } from '../contract/metric.ts';

export type ExpositionFormat = 'prometheus' | 'openmetrics';

export const expositionContentType: Record<ExpositionFormat, string> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** OpenMetrics only for those who ask for it with more weight than for plain text; anything else gets 0.0.4. */
export function negotiateFormat(accept: string | undefined): ExpositionFormat {
  const weight = (type: string): number => {
    for (const part of (accept ?? '').split(',')) {
      const [name, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      if (name !== type) continue;
      const version = parameters.find((text) => text.startsWith('version='));
      if (type === 'application/openmetrics-text' && version !== undefined && version !== 'version=1.0.0') continue;
      const q = parameters.find((text) => text.startsWith('q='));
      return q === undefined ? 1 : Number(q.slice(2)) || 0;
    }
    return 0;
  };
  const openMetrics = weight('application/openmetrics-text');
  return openMetrics > 0 && openMetrics >= weight('text/plain') ? 'openmetrics' : 'prometheus';
}

interface Sample {
  readonly series: SeriesInfo;
  readonly value: number;
}

/** Every series that has a live value, families in the order they first came, each with HELP and TYPE. */
export function renderExposition(
  state: LiveState | undefined,
  series: Iterable<SeriesInfo>,
  format: ExpositionFormat,
): string {
  const families = new Map<string, Sample[]>();
  for (const one of series) {
    const value = state?.values.get(one.key)?.value;
    if (value === undefined) continue;
    const name = one.metric.histogram ?? one.metric.name;
    const samples = families.get(name);
    if (samples === undefined) families.set(name, [{ series: one, value }]);
    else samples.push({ series: one, value });
  }
  let text = '';
  for (const [name, samples] of families) {
    const { metric } = (samples[0] as Sample).series;
    const { shown, type } = headOf(name, metric, format);
    text += `# HELP ${shown} ${escapeHelp(metric.help.en, format)}\n# TYPE ${shown} ${type}\n`;
    for (const sample of metric.histogram === undefined ? samples : sortHistogram(samples))
      text += `hakgal_${sample.series.key} ${formatValue(sample.value)}\n`;
  }
  return format === 'openmetrics' ? `${text}# EOF\n` : text;
}

/**
 * OpenMetrics names a counter's family without the `_total` that its samples must have; a counter that came to us under
 * another name (a scraped or exported one) can only be of unknown type there.
 */
function headOf(
  name: string,
  metric: MetricDescription,
  format: ExpositionFormat,
): { readonly shown: string; readonly type: string } {
  if (metric.histogram !== undefined) return { shown: `hakgal_${name}`, type: 'histogram' };
  if (format === 'prometheus' || metric.kind !== 'counter') return { shown: `hakgal_${name}`, type: metric.kind };
  return name.endsWith('_total')
    ? { shown: `hakgal_${name.slice(0, -'_total'.length)}`, type: 'counter' }
    : { shown: `hakgal_${name}`, type: 'unknown' };
}

export function formatValue(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

/** Only OpenMetrics escapes quotes here; in 0.0.4 a backslash before one would be shown. */
function escapeHelp(help: string, format: ExpositionFormat): string {
  const escaped = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return format === 'openmetrics' ? escaped.replaceAll('"', '\\"') : escaped;
}

/** The parts of one histogram must stand together, buckets by bound; sources may yield them in any order. */
function sortHistogram(samples: readonly Sample[]): Sample[] {
  const keyed = samples.map((sample) => {
    const { metric, labels } = sample.series;
    const owner = metric.labels.filter((name) => name !== 'le').map((name) => labels[name] ?? '');
    const part = metric.name.endsWith('_bucket') ? 0 : metric.name.endsWith('_sum') ? 1 : 2;
    const bound = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le ?? 0);
    return { sample, owner: JSON.stringify(owner), part, bound };
  });
  return keyed
    .sort((a, b) => compare(a.owner, b.owner) || a.part - b.part || compare(a.bound, b.bound))
    .map(({ sample }) => sample);
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
