/** One metric as it comes, over the last five minutes. */
import { type MetricInfo, parseSeriesKey } from '@contract/metric.ts';
import type { ReactNode } from 'react';
import { placeOf } from '../../alert/describe-alert.ts';
import { LiveCard } from '../../charts/live-card.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { stepped } from '../../live/stepped.ts';
import { useLive } from '../../live/use-live.tsx';

const maxLines = 4;

export function LiveMetric({
  name,
  metric,
}: {
  readonly name: string;
  readonly metric: MetricInfo | undefined;
}): ReactNode {
  const { t, say } = useText();
  const live = useLive(name);
  const unit = metric?.unit ?? 'count';
  return (
    <LiveCard
      title={say(`metric.${name}`, metric?.title ?? name)}
      className="span-4"
      past={[name]}
      unit={unit}
      {...(unit === 'percent' && { max: 100 })}
      lines={[...live.lines(name)].slice(0, maxLines).map(([key, values]) => ({
        name: placeOf(parseSeriesKey(key)?.labels ?? {}) || t('trends.now'),
        values: stepped(values),
      }))}
    />
  );
}
