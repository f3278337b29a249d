/** Who carries texts: each list of plug-ins and each file of shared sentences, one line here. */
import { ruleDescriptions } from '../alerts/rules/index.ts';
import { doubtWords } from '../contract/doctor/doubts.ts';
import type { MetricDescription } from '../contract/metric.ts';
import type { Sentence } from '../contract/text/message.ts';
import { appNotificationNextWords, appNotificationWords } from '../contract/words/app-notifications.ts';
import { failureNextWords, failureWords } from '../contract/words/failures/index.ts';
import { findingWords } from '../contract/words/findings.ts';
import { healthWords } from '../contract/words/health.ts';
import { noteWords } from '../contract/words/notes.ts';
import { targetWords } from '../contract/words/targets.ts';
import { desktopWords, jobWaitWords, jobWords, roleWords, screenWords, stateWords } from '../desktop/desktop-words.ts';
import { alertWords } from '../messages/alert-words.ts';
import { type Catalogue, createCatalogue, type Texts } from '../messages/catalogue.ts';
import { furtherLanguages } from '../messages/further-languages.ts';
import {
  type DescribedSource,
  textsOfChannel,
  textsOfMetric,
  textsOfRule,
  textsOfSentences,
  textsOfSource,
} from '../messages/texts-of.ts';
import { createChannels } from '../notify/channels/index.ts';
import { deliveryWords } from '../notify/delivery-words.ts';
import { notificationWords } from '../notify/notification-words.ts';
import { samplingReasons } from '../sampling/sampling-reasons.ts';
import { selfMetrics } from '../sampling/self-metrics.ts';
import { targetTypes } from '../targets/index.ts';
import { describeForms } from './forms.ts';

const sharedSentences: readonly Readonly<Record<string, Sentence>>[] = [
  alertWords,
  appNotificationNextWords,
  appNotificationWords,
  deliveryWords,
  desktopWords,
  doubtWords,
  failureNextWords,
  failureWords,
  findingWords,
  healthWords,
  jobWaitWords,
  jobWords,
  noteWords,
  notificationWords,
  roleWords,
  samplingReasons,
  screenWords,
  stateWords,
  targetWords,
];

/** @param sources those that run */
export const createMessageCatalogue = (sources: () => Iterable<DescribedSource>): Catalogue =>
  createCatalogue(() => textsOfOwners(sources()), furtherLanguages);

export function* textsOfOwners(sources: Iterable<DescribedSource>): Generator<Texts> {
  const metrics: MetricDescription[] = [...selfMetrics, ...Object.values(targetTypes).flatMap((type) => type.metrics)];
  for (const metric of metrics) yield textsOfMetric(metric);
  for (const source of sources) yield textsOfSource(source);
  for (const rule of ruleDescriptions) yield textsOfRule(rule);
  for (const channel of createChannels([])) yield textsOfChannel(channel);
  for (const { texts } of describeForms(createChannels([]))) yield texts;
  for (const shared of sharedSentences) yield textsOfSentences(shared);
}
