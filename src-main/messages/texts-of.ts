/** The texts that plug-ins carry, by their codes. A plug-in's kind and id begin each, so that no two can have the same. Pure. */
import type { Sentence } from '../contract/message.ts';
import type { MetricDescription } from '../contract/metric.ts';
import type { Text } from '../contract/text.ts';
import type { Texts } from './catalogue.ts';

export const textsOfSentences = (sentences: Readonly<Record<string, Sentence>>): Texts =>
  Object.fromEntries(Object.values(sentences).map(({ code, text }) => [code, text]));

export const textsOfMetric = ({ name, title, help }: MetricDescription): Texts => ({
  [`metric.${name}`]: title,
  [`metric.${name}.help`]: help,
});

export interface DescribedSource {
  readonly id: string;
  readonly title: Text;
  readonly metrics: readonly MetricDescription[];
  readonly reasons?: Readonly<Record<string, Sentence>>;
}

export const textsOfSource = ({ id, title, metrics, reasons = {} }: DescribedSource): Texts => ({
  [`source.${id}`]: title,
  ...textsOfSentences(reasons),
  ...Object.assign({}, ...metrics.map(textsOfMetric)),
});
