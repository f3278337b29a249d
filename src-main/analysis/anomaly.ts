/**
 * What the watch finds, as metrics: one figure a series that is unusual now, and a yes where several are for the first
 * time in a day.
 */

import { leastLearnedHours } from '../contract/insights/anomalies.ts';
import type { InsightReader } from '../contract/insights/insight-reader.ts';
import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { NoData, type Source } from '../sampling/source.ts';

const plain = { kind: 'gauge', labels: [] } as const;
const active: MetricDescription = {
  name: 'anomaly_active',
  title: { en: 'Unusual series', de: 'Auffällige Reihen' },
  help: { en: 'Series that are unusual right now.', de: 'Reihen, die gerade auffällig sind.' },
  unit: 'count',
  ...plain,
};
const confidence: MetricDescription = {
  name: 'anomaly_confidence_ratio',
  title: { en: 'How unusual', de: 'Wie auffällig' },
  help: {
    en: 'For each series that is unusual now: the share of its earlier hours that held nothing so surprising.',
    de: 'Für jede Reihe, die gerade auffällig ist: der Anteil ihrer früheren Stunden, in denen nichts so Überraschendes war.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: ['series'],
};
const notable: MetricDescription = {
  name: 'anomaly_notable',
  title: { en: 'Several things are unusual at once', de: 'Mehreres ist zugleich auffällig' },
  help: {
    en: 'Whether series of different kinds became unusual together: 1 for ten minutes, once a day at most.',
    de: 'Ob Reihen verschiedener Art gleichzeitig auffällig wurden: zehn Minuten lang 1, höchstens einmal am Tag.',
  },
  unit: 'boolean',
  ...plain,
};
const total: MetricDescription = {
  name: 'anomaly_events_total',
  title: { en: 'Anomalies', de: 'Anomalien' },
  help: { en: 'Anomalies since the watch began.', de: 'Anomalien, seit beobachtet wird.' },
  unit: 'count',
  kind: 'counter',
  labels: [],
};

const reasons = sentences('source.anomaly', {
  'too-little-history': {
    en: 'Not enough data yet: {known} of {needed} hours',
    de: 'Noch zu wenig Daten: {known} von {needed} Stunden',
  },
});

/** @param onSetAside what was learned could not be read; called once */
export function anomalySource(
  reader: Pick<InsightReader, 'anomalyStatus'>,
  onSetAside: (path: string) => void,
): Source {
  let isSaid = false;
  return {
    id: 'anomaly',
    title: { en: 'Anomaly watch', de: 'Anomalie-Beobachtung' },
    interval: 'slow',
    timeoutMs: 5_000,
    reasons,
    metrics: [active, confidence, notable, total],
    async collect(sink) {
      const status = await reader.anomalyStatus();
      if (status.setAside !== null && !isSaid) {
        isSaid = true;
        onSetAside(status.setAside.path);
      }
      if (status.learnedSeries === 0)
        throw new NoData(reasons['too-little-history'], { known: status.learnedHours, needed: leastLearnedHours });
      sink.sample(active, status.openAnomalies.length);
      sink.sample(notable, status.isNotable ? 1 : 0);
      sink.sample(total, status.anomaliesTotal);
      for (const one of status.openAnomalies) sink.sample(confidence, one.confidence, { series: one.series });
    },
  };
}
