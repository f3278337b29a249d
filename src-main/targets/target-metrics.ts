/** What every target tells, whatever its kind. */
import type { MetricDescription } from '../contract/metric.ts';
import { counters, gauges } from '../sampling/describe-metric.ts';

export const targetUp: MetricDescription = {
  name: 'target_up',
  title: { en: 'Target healthy', de: 'Ziel in Ordnung' },
  whenTrue: { en: 'Service answers again', de: 'Dienst antwortet wieder' },
  whenFalse: { en: 'Service stops answering', de: 'Dienst antwortet nicht mehr' },
  help: {
    en: 'Whether this target answered as it should (1) or not (0); absent while that could not be found out.',
    de: 'Ob dieses Ziel antwortete, wie es soll (1), oder nicht (0); kein Wert, solange das nicht festzustellen war.',
  },
  unit: 'boolean',
  kind: 'gauge',
  labels: ['target', 'kind'],
};
export const targetProblem: MetricDescription = {
  name: 'target_problem',
  title: { en: 'Problem of a target', de: 'Problem eines Ziels' },
  whenTrue: { en: 'A problem is found', de: 'Ein Problem wird gefunden' },
  help: {
    en: 'What is the matter with this target, in its label; the value is always 1.',
    de: 'Was mit diesem Ziel nicht stimmt; es steht in der Beschriftung, der Wert ist immer 1.',
  },
  unit: 'boolean',
  kind: 'gauge',
  labels: ['target', 'kind', 'problem'],
  isInfo: true,
};
export const targetDuration: MetricDescription = {
  name: 'target_check_seconds',
  title: { en: 'Check of a target', de: 'Prüfung eines Ziels' },
  help: {
    en: 'How long the last check of this target took.',
    de: 'Wie lange die letzte Prüfung dieses Ziels dauerte.',
  },
  unit: 'seconds',
  kind: 'gauge',
  labels: ['target', 'kind'],
};

export const targetOutdated: MetricDescription = {
  name: 'target_outdated',
  title: { en: 'Target not checked', de: 'Ziel nicht geprüft' },
  whenTrue: { en: 'A target is not checked any more', de: 'Ein Ziel wird nicht mehr geprüft' },
  whenFalse: { en: 'A target is checked again', de: 'Ein Ziel wird wieder geprüft' },
  help: {
    en: 'Whether this target was not checked for two intervals (1), so that its state is not known.',
    de: 'Ob dieses Ziel seit zwei Intervallen nicht geprüft wurde (1), so dass sein Zustand nicht bekannt ist.',
  },
  unit: 'boolean',
  kind: 'gauge',
  labels: ['target', 'kind'],
};

export const commonTargetMetrics: readonly MetricDescription[] = [targetUp, targetProblem, targetDuration];

export const targetGauge = gauges('target');
export const targetCounter = counters('target');

/** Of web addresses, Prometheus endpoints and ports that speak TLS. */
export const certificateLeft = targetGauge(
  'target_certificate_left_seconds',
  { en: 'Certificate', de: 'Zertifikat gilt noch' },
  { en: 'Time until the certificate runs out.', de: 'Zeit, bis das Zertifikat abläuft.' },
  'seconds',
);
