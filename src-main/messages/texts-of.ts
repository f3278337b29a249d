/**
 * The texts that plug-ins carry, by their codes. A plug-in's kind and id begin each, so that no two can have the same.
 * Pure.
 */

import type { MetricDescription } from '../contract/metric.ts';
import type { Sentence } from '../contract/text/message.ts';
import type { Text } from '../contract/text/text.ts';
import type { Texts } from './catalogue.ts';

export const textsOfSentences = (sentences: Readonly<Record<string, Sentence>>): Texts =>
  Object.fromEntries(Object.values(sentences).map(({ code, text }) => [code, text]));

export const textsOfMetric = ({ name, title, help, whenTrue, whenFalse }: MetricDescription): Texts => ({
  [`metric.${name}`]: title,
  [`metric.${name}.help`]: help,
  ...(whenTrue !== undefined && { [`metric.${name}.true`]: whenTrue }),
  ...(whenFalse !== undefined && { [`metric.${name}.false`]: whenFalse }),
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

export interface DescribedRule {
  readonly id: string;
  readonly title: Text;
  readonly advice: Text;
}

export const textsOfRule = ({ id, title, advice }: DescribedRule): Texts => ({
  [`rule.${id}`]: title,
  [`rule.${id}.advice`]: advice,
});

/** Its form brings the words of its name and its fields. */
export interface DescribedChannel {
  readonly failures?: Readonly<Record<string, Sentence>>;
}

export const textsOfChannel = ({ failures = {} }: DescribedChannel): Texts => textsOfSentences(failures);

export interface DescribedRepair {
  readonly id: string;
  readonly title: Text;
  readonly words: Readonly<Record<string, Sentence>>;
}

export const textsOfRepair = ({ id, title, words }: DescribedRepair): Texts => ({
  [`repair.${id}`]: title,
  ...textsOfSentences(words),
});
