/** One metric as it comes, over the last five minutes. */
import { type MetricDescription, parseSeriesKey } from '@contract/metric.ts';
import type { ReactNode } from 'react';
import { placeOf } from '../../alert/describe-alert.ts';
import { LiveChart } from '../../charts/live-chart.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { useLive } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';
import { Legend } from '../../ui/legend.tsx';

const mostLines = 4;

export function LiveCard({
  name,
  metric,
}: {
  readonly name: string;
  readonly metric: MetricDescription | undefined;
}): ReactNode {
  const { t, format, named } = useText();
  const live = useLive(name);
  const title = named(`metric.${name}`, metric?.title ?? name);
  const unit = metric?.unit ?? 'count';
  const lines = [...live.lines(name)].slice(0, mostLines).map(([key, values]) => ({
    name: placeOf(parseSeriesKey(key)?.labels ?? {}) || t('trends.now'),
    values,
  }));
  return (
    <Card
      title={title}
      className="span-4"
      aside={
        <Legend
          entries={lines.slice(0, 2).map((line) => ({
            name: line.name,
            value: format.value(line.values.findLast((value) => value !== null) ?? null, unit),
          }))}
        />
      }
    >
      <LiveChart
        name={title}
        at={live.at.slice()}
        lines={lines}
        unit={unit}
        gaps={live.gaps}
        {...(unit === 'percent' && { max: 100 })}
      />
    </Card>
  );
}
