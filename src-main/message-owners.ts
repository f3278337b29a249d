/** Who carries texts: each list of plug-ins and each file of shared sentences, one line here. */
import type { MetricDescription } from './contract/metric.ts';
import { type Catalogue, createCatalogue, type Texts } from './messages/catalogue.ts';
import { furtherLanguages } from './messages/further-languages.ts';
import { type DescribedSource, textsOfMetric, textsOfSentences, textsOfSource } from './messages/texts-of.ts';
import { samplingReasons } from './sampling/sampling-reasons.ts';
import { selfMetrics } from './sampling/self-metrics.ts';
import { targetTypes } from './targets/index.ts';

/** @param sources those that run */
export const createMessageCatalogue = (sources: () => Iterable<DescribedSource>): Catalogue =>
  createCatalogue(() => textsOfOwners(sources()), furtherLanguages);

export function* textsOfOwners(sources: Iterable<DescribedSource>): Generator<Texts> {
  const metrics: MetricDescription[] = [...selfMetrics, ...Object.values(targetTypes).flatMap((type) => type.metrics)];
  for (const metric of metrics) yield textsOfMetric(metric);
  for (const source of sources) yield textsOfSource(source);
  yield textsOfSentences(samplingReasons);
}
