/** An endpoint that speaks Prometheus: its counters, gauges and histograms become series here, within limits. */
import type { MetricDescription, Unit } from '../contract/metric.ts';
import type { PrometheusTargetSettings } from '../contract/settings/targets.ts';
import type { TargetFinding } from '../contract/targets.ts';
import { acceptedEncodings } from '../platform/unpack-body.ts';
import { askHttp } from '../platform/web/http-request.ts';
import { webAccess } from '../platform/web/web-access.ts';
import { ExternalSeries, withOwnLabels } from '../sampling/external-series.ts';
import type { CollectContext, SampleSink } from '../sampling/source.ts';
import { troubleFinding } from './http-target.ts';
import { type ExpositionSample, parseExposition } from './prometheus/parse-exposition.ts';
import { certificateLeft, targetGauge } from './target-metrics.ts';
import { finding, type Probe, type TargetDeps, type TargetType } from './target-type.ts';

const samplesTaken = targetGauge(
  'prometheus_target_samples',
  { en: 'Samples', de: 'Gelesene Messwerte' },
  { en: 'Samples taken at the last scrape.', de: 'Messwerte, die der letzte Abruf ergab.' },
  'count',
);
const scrapeSeconds = targetGauge(
  'prometheus_target_scrape_seconds',
  { en: 'Scrape time', de: 'Dauer des Abrufs' },
  { en: 'Time that the last scrape took.', de: 'Zeit, die der letzte Abruf brauchte.' },
  'seconds',
);
const badLines = targetGauge(
  'prometheus_target_bad_lines',
  { en: 'Bad lines', de: 'Unlesbare Zeilen' },
  {
    en: 'Lines of the last scrape that could not be understood.',
    de: 'Zeilen des letzten Abrufs, die nicht zu verstehen waren.',
  },
  'count',
);

const samplesRefused = targetGauge(
  'prometheus_target_refused_samples',
  { en: 'Samples refused', de: 'Abgelehnte Messwerte' },
  {
    en: 'Samples of the last scrape that found no room, or had more or longer labels than are kept.',
    de: 'Messwerte des letzten Abrufs, für die kein Platz war oder die mehr oder längere Labels hatten, als behalten werden.',
  },
  'count',
);

/** A body of millions of lines is read up to here and no further. */
const maxBytes = 16 * 1_048_576;
const intervals = { 1: 'fast', 10: 'slow', 60: 'lazy' } as const;

export const prometheusTarget: TargetType<'prometheus'> = {
  kind: 'prometheus',
  metrics: [samplesTaken, scrapeSeconds, badLines, samplesRefused, certificateLeft],
  interval: ({ intervalSeconds }) => intervals[intervalSeconds],
  timeoutMs: ({ timeoutSeconds }) => (timeoutSeconds + 2) * 1_000,
  open: (settings, deps) => new PrometheusProbe(settings, deps),
  dynamicMetrics: (probe) => (probe as PrometheusProbe).metrics,
};

class PrometheusProbe implements Probe {
  readonly #settings: PrometheusTargetSettings;
  readonly #deps: TargetDeps;
  readonly #series: ExternalSeries;
  readonly #takes: (name: string) => boolean;

  constructor(settings: PrometheusTargetSettings, deps: TargetDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#series = new ExternalSeries(settings.maxSeries);
    this.#takes = matcher(settings.include);
  }

  get metrics(): readonly MetricDescription[] {
    return this.#series.metrics;
  }

  async look(sink: SampleSink, { monotonic, signal }: CollectContext): Promise<TargetFinding> {
    const { id, url, timeoutSeconds, maxSeries } = this.#settings;
    const access = await webAccess(this.#settings, (name) => this.#deps.secret(id, name));
    const headers = {
      accept: 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4',
      'accept-encoding': acceptedEncodings,
      ...access.headers,
    };
    const timeoutMs = timeoutSeconds * 1_000;
    const question = { url, method: 'GET', timeoutMs, maxBytes, signal, ...access, headers };
    const answer = await askHttp(question, this.#deps.clock);
    if (!answer.ok) return troubleFinding(url, answer);
    sink.sample(certificateLeft, answer.certificateSecondsLeft, { target: id });
    if (answer.status !== 200)
      return finding('wrong', 'status', `${url} answers with status ${answer.status}`, [], {
        status: String(answer.status),
      });
    const exposition = parseExposition(answer.text(), { maxSamples: maxSeries, takes: this.#takes });
    let refused = 0;
    for (const sample of exposition.samples) {
      const labels = withOwnLabels(sample.labels, { target: id });
      if (Number.isFinite(sample.value) && !this.#series.put(describe(sample), labels, sample.value, monotonic))
        refused += 1;
    }
    this.#series.emit(sink);
    this.#series.forgetSilent(monotonic);
    const target = { target: id };
    sink.sample(samplesTaken, exposition.samples.length - refused, target);
    sink.sample(scrapeSeconds, Math.round(answer.totalSeconds * 1e4) / 1e4, target);
    sink.sample(badLines, exposition.badLines, target);
    sink.sample(samplesRefused, refused + exposition.leftOut, target);
    const facts = [{ name: 'samples', value: String(exposition.samples.length - refused) }];
    if (exposition.samples.length === 0)
      return finding('wrong', 'no-samples', `${url} tells no metrics that could be read`, facts);
    if (refused > 0 && !exposition.isCut && this.#series.hasRoom)
      return finding(
        'up',
        'series-refused',
        `${refused} series of ${url} have more or longer labels than are kept`,
        facts,
        {
          count: refused,
        },
      );
    if (exposition.isCut || refused > 0 || answer.isCut)
      return finding('up', 'cut', `${url} has more than ${maxSeries} series; the rest is left out`, facts, {
        maxSeries,
      });
    return finding('up', 'ok', `${url} is scraped`, facts);
  }
}

/** What is scraped keeps its name behind a prefix, so that it can't be taken for our own. */
function describe({ name, type, help, family }: ExpositionSample): Parameters<ExternalSeries['put']>[0] {
  const isPart = type === 'histogram' && /_(bucket|sum|count)$/.test(name) && name !== family;
  const isCounter =
    (type === 'counter' && !name.endsWith('_created')) || isPart || (type === 'summary' && /_(sum|count)$/.test(name));
  return {
    name: `scraped_${name}`,
    help,
    unit: unitOf(name),
    kind: isCounter ? 'counter' : 'gauge',
    ...(isPart && { histogram: `scraped_${family}` }),
  };
}

function unitOf(name: string): Unit {
  if (/_seconds(_total|_sum)?$/.test(name)) return 'seconds';
  if (/_bytes(_total|_sum)?$/.test(name)) return 'bytes';
  if (/_ratio$/.test(name)) return 'ratio';
  if (/_celsius$/.test(name)) return 'celsius';
  return /_hertz$/.test(name) ? 'hertz' : 'count';
}

function matcher(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.length === 0) return () => true;
  const whole = new Set(patterns.filter((pattern) => !pattern.endsWith('*')));
  const beginnings = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  return (name) => whole.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
}
