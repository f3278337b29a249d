import type { ReactNode } from 'react';
import { LiveCard } from '../../charts/live-card.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { totalOf } from '../../live/total-of.ts';
import { useLive } from '../../live/use-live.tsx';

const disk = ['disk_activity_read_bytes_per_second', 'disk_activity_write_bytes_per_second'] as const;
const network = ['network_receive_bytes_per_second', 'network_transmit_bytes_per_second'] as const;

export function LoadCharts(): ReactNode {
  const { t } = useText();
  const live = useLive('system_cpu_percent', 'system_memory_percent');
  return (
    <>
      <LiveCard
        title={t('overview.chart.cpu')}
        className="span-4"
        past={['system_cpu_percent']}
        unit="percent"
        max={100}
        lines={[{ name: t('chart.load'), values: totalOf(live, 'system_cpu_percent') }]}
      />
      <LiveCard
        title={t('overview.chart.memory')}
        className="span-4"
        past={['system_memory_percent']}
        unit="percent"
        max={100}
        lines={[{ name: t('chart.used'), values: totalOf(live, 'system_memory_percent') }]}
      />
    </>
  );
}

export function TrafficCharts(): ReactNode {
  const { t } = useText();
  const live = useLive(...disk, ...network);
  return (
    <>
      <LiveCard
        title={t('overview.chart.disk')}
        className="span-4"
        past={disk}
        unit="bytes_per_second"
        lines={[
          { name: t('chart.read'), values: totalOf(live, disk[0]) },
          { name: t('chart.written'), values: totalOf(live, disk[1]) },
        ]}
      />
      <LiveCard
        title={t('overview.chart.network')}
        className="span-4"
        past={network}
        unit="bytes_per_second"
        lines={[
          { name: t('chart.received'), values: totalOf(live, network[0]) },
          { name: t('chart.sent'), values: totalOf(live, network[1]) },
        ]}
      />
    </>
  );
}
