/** When each volume will be full if it goes on as it did in the last hours. A metric like any other, with an ordinary rule. */

import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { StoreReader } from '../store/store-types.ts';
import { fitTrend } from './trend.ts';

const lookBackMs = 6 * 3_600_000;
const columns = 72;
/** Less history than this says nothing about hours to come. */
const leastMs = 30 * 60_000;
/** A volume that fills and empties in turn has no trend; most pairs must agree that it fills. */
const leastAgreement = 0.75;
/** Beyond a year "will be full" is no information. */
const furthestSeconds = 365 * 86_400;

const full: MetricDescription = {
  name: 'forecast_disk_full_seconds',
  title: { en: 'Disk full in', de: 'Datenträger voll in' },
  help: {
    en: 'Time until this volume is full, by the trend of the last six hours; absent while it does not fill.',
    de: 'Zeit, bis dieses Laufwerk voll ist, nach dem Trend der letzten sechs Stunden; kein Wert, solange es sich nicht füllt.',
  },
  unit: 'seconds',
  kind: 'gauge',
  labels: ['volume'],
};

const reasons = sentences('source.disk-full-forecast', {
  'too-little-history': { en: 'It needs half an hour of history', de: 'Dafür ist eine halbe Stunde Verlauf nötig' },
});

export function diskFullForecast(reader: Pick<StoreReader, 'range'>): Source {
  return {
    id: 'disk-full-forecast',
    title: { en: 'Disk-full forecast', de: 'Vorhersage: Datenträger voll' },
    interval: 'lazy',
    timeoutMs: 10_000,
    reasons,
    metrics: [full],
    async collect(sink, { at, signal }) {
      const query = { series: ['disk_space_free_bytes'], from: at - lookBackMs, until: at, columns };
      const { series } = await reader.range(query, signal);
      let longest = 0;
      for (const { labels, at: times, average } of series) {
        const points = Array.from(times, (time, index) => ({ at: time, value: average[index] as number }));
        const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
        longest = Math.max(longest, span);
        const trend = span < leastMs ? undefined : fitTrend(points);
        if (trend === undefined || trend.slope >= 0 || trend.agreement < leastAgreement) continue;
        const seconds = Math.max(0, trend.now) / -trend.slope / 1_000;
        if (seconds <= furthestSeconds) sink.sample(full, Math.round(seconds), labels);
      }
      if (longest < leastMs) throw new NoData(reasons['too-little-history']);
    },
  };
}
