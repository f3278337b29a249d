/** Short ways to describe metrics that a source has many of, all of one kind and with the same labels. */
import type { MetricDescription, Unit } from '../contract/metric.ts';
import type { Text } from '../contract/text/text.ts';

type Describe = (name: string, title: Text, help: Text, unit: Unit, more?: readonly string[]) => MetricDescription;

const describing =
  (kind: MetricDescription['kind'], labels: readonly string[]): Describe =>
  (name, title, help, unit, more = []) => ({ name, title, help, unit, kind, labels: [...labels, ...more] });

/** @param labels those that all of them carry; one alone may have more */
export const gauges = (...labels: readonly string[]): Describe => describing('gauge', labels);
export const counters = (...labels: readonly string[]): Describe => describing('counter', labels);
