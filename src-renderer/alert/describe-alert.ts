/** An alert in the words of the chosen language: the core's English sentence where we have no words of our own. */
import { type ActiveAlert, culpritName } from '@contract/alerts/alert.ts';
import { placesOf } from '@contract/alerts/alert-place.ts';
import type { RuleView } from '@contract/alerts/alert-procedures.ts';
import { type Labels, type MetricInfo, metricOfKey, type Unit } from '@contract/metric.ts';
import { areNumbersUseful } from '@contract/text/format-quantity.ts';
import type { Texts } from '../i18n/use-text.tsx';
import type { TargetTitles } from '../targets/use-targets.ts';

/** Of one series among those of its metric: every label counts. */
export const placeOf = (labels: Labels): string =>
  Object.values(labels)
    .filter((value) => value !== '')
    .join(' · ');

export const alertTitle = (alert: ActiveAlert, texts: Texts, targets: TargetTitles): string =>
  placedTitle(alert.rule, alert, texts, targets);

/** The rule's name with what it is about in brackets: a target by its own name, anything else by its labels. */
export function placedTitle(
  rule: string,
  alert: Pick<ActiveAlert, 'title' | 'labels' | 'hasOwnTitle'> | undefined,
  { say }: Texts,
  targets: TargetTitles,
): string {
  const title = alert?.hasOwnTitle ? alert.title : say(`rule.${rule}`, alert?.title ?? rule);
  const place = placesOf(alert?.labels ?? {})
    .map((value) => targets.get(value) ?? value)
    .join(' · ');
  return place === '' ? title : `${title} (${place})`;
}

/** Worst first, then newest; what a worse one mutes comes last. */
const rank = { critical: 0, warning: 1, info: 2 } as const;
export const firingFirst = (alerts: readonly ActiveAlert[]): readonly ActiveAlert[] =>
  alerts
    .filter(({ state }) => state === 'firing')
    .toSorted(
      (a, b) =>
        Number(a.inhibitedBy !== undefined) - Number(b.inhibitedBy !== undefined) ||
        rank[a.severity] - rank[b.severity] ||
        b.since - a.since,
    );

/** What needs a look: without those that a worse one says already. */
export const urgent = (alerts: readonly ActiveAlert[]): readonly ActiveAlert[] =>
  firingFirst(alerts).filter(({ inhibitedBy }) => inhibitedBy === undefined);

/** Value against limit: `97 %, limit 95 %`, or `93 % now, was above 95 %`. */
export function alertDetail(
  alert: ActiveAlert,
  { t, format }: Texts,
  metrics: ReadonlyMap<string, MetricInfo>,
): string {
  // An alert from before a restart may know no unit: its metric does.
  const unit = metrics.get(metricOfKey(alert.series))?.unit ?? (alert.unit as Unit);
  if (!areNumbersUseful(unit, alert.threshold)) return '';
  const values = { value: format.limit(alert.value, unit), limit: format.limit(alert.threshold, unit) };
  const isAbove = alert.direction === 'above';
  const excess = (alert.value ?? 0) - (alert.threshold ?? 0);
  // Back within its limit, but not yet by so much that the alert ends.
  if (alert.value !== null && (isAbove ? excess < 0 : excess > 0))
    return isAbove ? t('alert.wasAbove', values) : t('alert.wasBelow', values);
  return isAbove ? t('alert.above', values) : t('alert.below', values);
}

export const alertAdvice = ({ rule, advice, hasOwnAdvice }: ActiveAlert, { say }: Texts): string | undefined =>
  advice === undefined || hasOwnAdvice ? advice : say(`rule.${rule}.advice`, advice);

/** A rule's name in the chosen language, unless the user gave it another. */
export const ruleTitle = ({ rule, hasOwnTitle }: Pick<RuleView, 'rule' | 'hasOwnTitle'>, { say }: Texts): string =>
  hasOwnTitle ? rule.title : say(`rule.${rule.id}`, rule.title);

export function culpritText(alert: ActiveAlert, { format }: Texts): string {
  const unit: Unit = alert.resource === 'memory' ? 'bytes' : alert.resource === 'disk' ? 'bytes_per_second' : 'percent';
  return alert.culprits.map((one) => `${culpritName(one)} ${format.value(one.value, unit)}`).join(', ');
}
