/** A cause in the chosen language, and where it can be looked at. Pure. */
import type { ExplainedCause, ExplainedNow } from '@contract/explanation/explanation.ts';
import { fillInEvidence, type SentenceFormats, sentenceOf, sentenceOfNow } from '@contract/explanation/sentence.ts';
import type { Unit } from '@contract/metric.ts';
import { languages } from '@contract/text/text.ts';
import type { Texts } from '../i18n/use-text.tsx';

const hourMs = 3_600_000;

function formatsOf({ language, format }: Texts): SentenceFormats {
  return {
    language: languages.find((one) => one === language) ?? 'en',
    value: (value, unit) => format.value(value, unit as Unit),
    time: (at) =>
      new Date(at).toDateString() === new Date().toDateString()
        ? format.shortTime(at, hourMs)
        : format.shortDateTime(at),
  };
}

export const nowText = (now: ExplainedNow, texts: Texts): string => sentenceOfNow(now, formatsOf(texts));
export const causeSentence = (cause: ExplainedCause, texts: Texts): string => sentenceOf(cause, formatsOf(texts));
export const causeStatement = ({ statement }: ExplainedCause, texts: Texts): string =>
  fillInEvidence(statement, formatsOf(texts));
export const causeEvidence = ({ evidence }: ExplainedCause, texts: Texts): readonly string[] =>
  evidence.map((one) => fillInEvidence(one, formatsOf(texts)));

const metricOfKind = {
  cpu: 'system_cpu_percent',
  memory: 'system_memory_percent',
  disk: 'disk_activity_read_bytes_per_second',
  network: 'network_receive_bytes_per_second',
  thermal: 'temperature_celsius',
  monitor: 'monitor_cpu_usage_ratio',
} as const;

/** Of a screen. */
export function causePath({ kind, name, pid }: ExplainedCause): string {
  if (pid !== null) return `/processes/${pid}`;
  if (kind === 'database') return name === null ? '/databases' : `/databases/${encodeURIComponent(name)}`;
  if (kind === 'service') return '/services';
  if (kind === 'cpu' || kind === 'memory') return '/processes';
  return `/trends/1h/${metricOfKind[kind]}`;
}
