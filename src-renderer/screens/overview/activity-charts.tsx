import type { Unit } from '@contract/metric.ts';
import type { ReactNode } from 'react';
import { type ChartLine, LiveChart } from '../../charts/live-chart.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { sumOf } from '../../live/sum-of.ts';
import { useLive } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';
import { Legend } from '../../ui/legend.tsx';
import { networkLines } from './network-lines.ts';

export function ActivityCharts(): ReactNode {
  const { t } = useText();
  const live = useLive(
    'system_cpu_percent',
    'system_memory_percent',
    'disk_activity_read_bytes_per_second',
    'disk_activity_write_bytes_per_second',
    'network_receive_bytes_per_second',
    'network_transmit_bytes_per_second',
  );
  const line = (key: string): readonly (number | null)[] => live.lines(key).get(key) ?? [];
  const rate = (metric: string): readonly (number | null)[] => sumOf([...live.lines(metric).values()]);
  const network = networkLines(live);
  return (
    <>
      <ChartCard
        name={t('overview.chart.cpu')}
        unit="percent"
        max={100}
        lines={[{ name: t('chart.load'), values: line('system_cpu_percent') }]}
      />
      <ChartCard
        name={t('overview.chart.memory')}
        unit="percent"
        max={100}
        lines={[{ name: t('chart.used'), values: line('system_memory_percent') }]}
      />
      <ChartCard
        name={t('overview.chart.disk')}
        unit="bytes_per_second"
        lines={[
          { name: t('chart.read'), values: rate('disk_activity_read_bytes_per_second') },
          { name: t('chart.written'), values: rate('disk_activity_write_bytes_per_second') },
        ]}
      />
      <ChartCard
        name={t('overview.chart.network')}
        unit="bytes_per_second"
        lines={[
          { name: t('chart.received'), values: network.received },
          { name: t('chart.sent'), values: network.sent },
        ]}
      />
    </>
  );
}

interface ChartCardProps {
  readonly name: string;
  readonly unit: Unit;
  readonly max?: number;
  readonly lines: readonly ChartLine[];
}

function ChartCard({ name, unit, max, lines }: ChartCardProps): ReactNode {
  const { format } = useText();
  const live = useLive();
  return (
    <Card
      title={name}
      className="span-6"
      aside={
        <Legend
          entries={lines.map((line) => ({ name: line.name, value: format.value(line.values.at(-1) ?? null, unit) }))}
        />
      }
    >
      <LiveChart
        name={name}
        at={live.at.slice()}
        lines={lines}
        unit={unit}
        gaps={live.gaps}
        {...(max !== undefined && { max })}
      />
    </Card>
  );
}
