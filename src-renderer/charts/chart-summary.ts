/** A line of a chart in one sentence, for those who do not see it. */
import type { Unit } from '@contract/metric.ts';
import type { Texts } from '../i18n/use-text.tsx';

export function chartSummary(
  name: string,
  values: Iterable<number | null | undefined>,
  unit: Unit,
  { t, format }: Pick<Texts, 't' | 'format'>,
): string {
  let [min, max, now]: (number | null)[] = [null, null, null];
  for (const value of values) {
    if (value === null || value === undefined) continue;
    min = min === null || min === undefined ? value : Math.min(min, value);
    max = max === null || max === undefined ? value : Math.max(max, value);
    now = value;
  }
  if (now === null) return `${name}: ${t('chart.noData')}`;
  return t('chart.summary', {
    name,
    now: format.value(now, unit),
    min: format.value(min, unit),
    max: format.value(max, unit),
  });
}
