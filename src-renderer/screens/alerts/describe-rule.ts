/** A rule in one line: `CPU above 80 % (warning), 95 % (critical), for 1 min`. */
import { severities } from '@contract/alerts/alert.ts';
import { type MetricInfo, unitOfName } from '@contract/metric.ts';
import type { AlertRule } from '@contract/settings/alerts.ts';
import type { Texts } from '../../i18n/use-text.tsx';

export function describeRule(rule: AlertRule, metrics: readonly MetricInfo[], texts: Texts): string {
  const { t, format, say } = texts;
  const metric = metrics.find(({ name }) => name === rule.metric);
  const unit = metric?.unit ?? unitOfName(rule.metric);
  const levels = severities
    .flatMap((severity) => {
      const level = rule.levels[severity];
      return level === undefined ? [] : [`${format.limit(level.threshold, unit)} (${t(`severity.${severity}`)})`];
    })
    .join(', ');
  const title = say(`metric.${rule.metric}`, metric?.title ?? rule.metric);
  const isBelow = rule.direction === 'below';
  if (unit === 'boolean')
    return say(`metric.${rule.metric}.${!isBelow}`, t(isBelow ? 'rules.untrue' : 'rules.true', { metric: title }));
  // A time is short or long, not high or low: "full in less than 3 days".
  const isTime = unit === 'seconds';
  const side = isBelow ? 'below' : 'above';
  const direction = isTime
    ? t(isBelow ? 'rules.lessThan' : 'rules.moreThan')
    : say(`alert-rule.direction.${side}`, side);
  const hold = rule.holdSeconds ?? 30;
  const window =
    rule.window === undefined || rule.window.kind === 'last'
      ? ''
      : ` (${say(`alert-rule.window.${rule.window.kind}`, rule.window.kind)})`;
  return [
    `${title}${window} ${direction} ${levels}`,
    ...(hold > 0 ? [t('rules.for', { duration: format.duration(hold) })] : []),
  ].join(' · ');
}
