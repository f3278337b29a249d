/** A live chart with its title, its legend and the way to its past. */
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { useLive } from '../live/use-live.tsx';
import { Card } from '../ui/card.tsx';
import { Legend } from '../ui/legend.tsx';
import { LiveChart, type LiveChartProps } from './live-chart.tsx';

export interface LiveCardProps extends Omit<LiveChartProps, 'name' | 'at' | 'gaps'> {
  readonly title: string;
  /** Metrics that the Trends screen shows when the title is followed; without them it is no link. */
  readonly past?: readonly string[];
  readonly className?: string;
}

export function LiveCard({ title, past, className, lines, unit, max }: LiveCardProps): ReactNode {
  const { format } = useText();
  const { at, gaps } = useLive();
  return (
    <Card
      title={title}
      {...(past !== undefined && { href: `#/trends/1h/${past.join(',')}` })}
      {...(className !== undefined && { className })}
      aside={
        <Legend
          entries={lines.map(({ name, values }) => ({
            name,
            value: format.value(values.findLast((value) => value !== null) ?? null, unit),
          }))}
        />
      }
    >
      <LiveChart name={title} at={at} lines={lines} unit={unit} gaps={gaps} {...(max !== undefined && { max })} />
    </Card>
  );
}
