/**
 * What comes next of the figures that everyone asks for, as metrics: every quarter of an hour, one series after the
 * other.
 */

import { forecastHorizons, leastForecastHours, type SeriesForecast } from '../contract/insights/forecasts.ts';
import type { InsightReader } from '../contract/insights/insight-reader.ts';
import type { MetricDescription } from '../contract/metric.ts';
import { minuteMs } from '../contract/shared/durations.ts';
import { sentences } from '../contract/text/message.ts';
import { NoData, type Source } from '../sampling/source.ts';
import { wellKnown } from '../sampling/well-known-metrics.ts';

/** What is foretold without being asked for. */
const foretold: readonly string[] = [
  wellKnown.systemCpuPercent,
  wellKnown.systemMemoryPercent,
  wellKnown.mainDiskUsedRatio,
  'network_receive_bytes_per_second',
  wellKnown.queryTime,
  wellKnown.cacheHitRatio,
  wellKnown.throughput,
];
const renewMs = 15 * minuteMs;

const metric = (name: string, en: string, de: string, helpEn: string, helpDe: string): MetricDescription => ({
  name,
  title: { en, de },
  help: { en: helpEn, de: helpDe },
  unit: 'count',
  kind: 'gauge',
  labels: ['series', 'hours'],
});
const value = metric(
  'forecast_value',
  'Forecast',
  'Vorhersage',
  'What is expected of the series so many hours ahead, in the unit of the series.',
  'Was von der Reihe in so vielen Stunden erwartet wird, in der Einheit der Reihe.',
);
const lower = metric(
  'forecast_lower80',
  'Forecast, lower end',
  'Vorhersage, unteres Ende',
  'Lower end of the range that held for four of five earlier forecasts.',
  'Unteres Ende des Bereichs, der für vier von fünf früheren Vorhersagen galt.',
);
const upper = metric(
  'forecast_upper80',
  'Forecast, upper end',
  'Vorhersage, oberes Ende',
  'Upper end of the range that held for four of five earlier forecasts.',
  'Oberes Ende des Bereichs, der für vier von fünf früheren Vorhersagen galt.',
);
const skill: MetricDescription = {
  name: 'forecast_skill_ratio',
  title: { en: 'Forecast skill', de: 'Güte der Vorhersage' },
  help: {
    en: 'How much less a forecast of this series has missed than the best plain one; at 0 or below the plain one is used.',
    de: 'Um wie viel weniger eine Vorhersage dieser Reihe danebenlag als die beste einfache; bis 0 wird die einfache benutzt.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: ['series'],
};

const reasons = sentences('source.forecast', {
  'too-little-history': {
    en: 'Not enough data yet: {known} of {needed} hours',
    de: 'Noch zu wenig Daten: {known} von {needed} Stunden',
  },
});

export function forecastSource(reader: Pick<InsightReader, 'forecast'>): Source {
  let forecasts: readonly SeriesForecast[] = [];
  let renewAt = Number.NEGATIVE_INFINITY;
  return {
    id: 'forecast',
    title: { en: 'Forecasts', de: 'Vorhersagen' },
    interval: 'lazy',
    timeoutMs: 20_000,
    reasons,
    metrics: [value, lower, upper, skill],
    async collect(sink, { at, monotonic }) {
      if (monotonic >= renewAt) {
        renewAt = monotonic + renewMs;
        const made: SeriesForecast[] = [];
        for (const series of foretold) made.push(await reader.forecast({ series, hours: 24, at }));
        forecasts = made;
      }
      for (const { series, forecast } of forecasts) {
        if (forecast === null) continue;
        for (const hours of forecastHorizons) {
          const index = forecast.at.findLastIndex((time) => time <= at + hours * 60 * minuteMs);
          const labels = { series, hours: String(hours) };
          sink.sample(value, forecast.mean[index], labels);
          sink.sample(lower, forecast.lower80[index], labels);
          sink.sample(upper, forecast.upper80[index], labels);
        }
        sink.sample(skill, forecast.skill, { series });
      }
      if (forecasts.every(({ forecast }) => forecast === null)) {
        const known = Math.max(0, ...forecasts.map(({ knownHours }) => knownHours));
        throw new NoData(reasons['too-little-history'], { known, needed: leastForecastHours });
      }
    },
  };
}
