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

interface Family {
  readonly metric: MetricDescription;
  readonly lines: string[];
}

/** Every series that has a live value, families in the order they first came, each with HELP and TYPE. */
export function renderExposition(
  state: LiveState | undefined,
  series: Iterable<SeriesInfo>,
  format: ExpositionFormat,
): string {
  const families = new Map<string, Family>();
  for (const { key, metric } of series) {
    const value = state?.values.get(key)?.value;
    if (value === undefined) continue;
    const familyName = metric.histogram ?? metric.name;
    let family = families.get(familyName);
    if (family === undefined) {
      family = { metric, lines: [] };
      families.set(familyName, family);
    }
    family.lines.push(`hakgal_${key} ${formatValue(value)}\n`);
  }
  let text = '';
  for (const [name, { metric, lines }] of families) {
    const type = metric.histogram !== undefined ? 'histogram' : metric.kind;
    const isCounter = type === 'counter' && format === 'openmetrics';
    const shown = `hakgal_${isCounter ? name.replace(/_total$/, '') : name}`;
    text += `# HELP ${shown} ${escapeHelp(metric.help)}\n# TYPE ${shown} ${type}\n${(metric.histogram === undefined ? lines : sortHistogram(lines)).join('')}`;
  }
  return format === 'openmetrics' ? `${text}# EOF\n` : text;
}

export function formatValue(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

const escapeHelp = (help: string): string => help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** The parts of one histogram must stand together, buckets by bound; sources may yield them in any order. */
function sortHistogram(lines: readonly string[]): string[] {
  const bound = (line: string): number =>
    Number(/le="([^"]+)"/.exec(line)?.[1]?.replace('+Inf', 'Infinity') ?? Number.NaN);
  const owner = (line: string): string =>
    line
      .slice(0, line.lastIndexOf(' '))
      .replace(/_(bucket|sum|count)(?=[{ ]|$)/, '')
      .replace(/,?le="[^"]*"/, '')
      .replace('{}', '');
  const part = (line: string): number => (/_bucket\{/.test(line) ? 0 : /_sum[{ ]/.test(line) ? 1 : 2);
  return [...lines].sort((a, b) => owner(a).localeCompare(owner(b)) || part(a) - part(b) || bound(a) - bound(b) || 0);
}
