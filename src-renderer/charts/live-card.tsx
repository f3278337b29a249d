/** A live chart with its figure or its legend, the same as a table, and the way to its past. */
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { useLive } from '../live/use-live.tsx';
import { Card } from '../ui/card.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Legend } from '../ui/legend.tsx';
import { ChartTable } from './chart-table.tsx';
import { LiveChart, type LiveChartProps } from './live-chart.tsx';
import { liveRows } from './live-rows.ts';

export interface LiveCardProps extends Omit<LiveChartProps, 'name' | 'at' | 'gaps'> {
  readonly title: string;
  /** Metrics that the Trends screen shows when the title is followed; without them it is no link. */
  readonly past?: readonly string[];
  readonly className?: string;
  /** The figure that the chart is about, above it. */
  readonly figure?: ReactNode;
}

export function LiveCard({ title, past, className = '', figure, lines, unit, max }: LiveCardProps): ReactNode {
  const { t, format } = useText();
  const { at, gaps } = useLive();
  const [isTable, setTable] = useState(false);
  const entries = lines.map(({ name, values }) => ({
    name,
    value: format.value(values.findLast((value) => value !== null) ?? null, unit),
  }));
  // One line needs no telling apart: the title says what it is.
  const isOne = lines.length === 1;
  return (
    <Card
      title={title}
      {...(past !== undefined && { href: `#/trends/1h/${past.join(',')}` })}
      className={`live-card ${className}`}
      aside={
        <div className="live-card-aside">
          {figure === undefined && isOne && <strong className="small">{entries[0]?.value}</strong>}
          <IconButton
            icon={isTable ? IconChartLine : IconTable}
            label={isTable ? t('chart.asChart', { title }) : t('chart.asTable', { title })}
            onClick={() => setTable(!isTable)}
          />
        </div>
      }
    >
      {figure}
      {isTable ? (
        <ChartTable
          name={title}
          rows={liveRows(at, lines)}
          lines={lines.map(({ name }, index) => ({ name, field: `v${index}` as const }))}
          unit={unit}
          timeOf={format.time}
        />
      ) : (
        <LiveChart name={title} at={at} lines={lines} unit={unit} gaps={gaps} {...(max !== undefined && { max })} />
      )}
      {!isOne && <Legend entries={entries} />}
    </Card>
  );
}
