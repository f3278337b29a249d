/** What the machine is made of, a card each: the figure, what it means, and its last five minutes. */
import type { ReactNode } from 'react';
import { LiveCard } from '../../charts/live-card.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { totalOf } from '../../live/total-of.ts';
import { useLive } from '../../live/use-live.tsx';

const disk = ['disk_activity_read_bytes_per_second', 'disk_activity_write_bytes_per_second'] as const;
const network = ['network_receive_bytes_per_second', 'network_transmit_bytes_per_second'] as const;

export function Resources(): ReactNode {
  return (
    <>
      <Cpu />
      <Memory />
      <Disk />
      <Network />
    </>
  );
}

function Cpu(): ReactNode {
  const { t, format } = useText();
  const live = useLive('system_cpu_percent', 'cpu_core_usage_ratio', 'cpu_load_average');
  const percent = live.latest('system_cpu_percent');
  return (
    <LiveCard
      title={t('overview.cpu')}
      className="span-3"
      past={['system_cpu_percent']}
      figure={
        <Headline
          value={format.value(percent, 'percent')}
          percent={percent}
          detail={t('overview.cpu.detail', {
            cores: live.lines('cpu_core_usage_ratio').size,
            load: format.value(live.latest('cpu_load_average{window="1m"}'), 'count'),
          })}
        />
      }
      unit="percent"
      max={100}
      lines={[{ name: t('chart.load'), values: totalOf(live, 'system_cpu_percent') }]}
    />
  );
}

function Memory(): ReactNode {
  const { t, format } = useText();
  const live = useLive('system_memory_percent', 'memory_available_bytes', 'memory_size_bytes');
  const percent = live.latest('system_memory_percent');
  return (
    <LiveCard
      title={t('overview.memory')}
      className="span-3"
      past={['system_memory_percent']}
      figure={
        <Headline
          value={format.value(percent, 'percent')}
          percent={percent}
          detail={t('overview.memory.detail', {
            available: format.value(live.latest('memory_available_bytes'), 'bytes'),
            total: format.value(live.latest('memory_size_bytes'), 'bytes'),
          })}
        />
      }
      unit="percent"
      max={100}
      lines={[{ name: t('chart.used'), values: totalOf(live, 'system_memory_percent') }]}
    />
  );
}

/** How full the main volume is, and what all of them do. */
function Disk(): ReactNode {
  const { t, format } = useText();
  const live = useLive('disk_space_main_used_ratio', 'disk_space_free_bytes', 'disk_space_size_bytes', ...disk);
  const used = live.latest('disk_space_main_used_ratio');
  const mainVolume = [...live.lines('disk_space_size_bytes').keys()][0];
  const labels = mainVolume?.slice(mainVolume.indexOf('{')) ?? '';
  return (
    <LiveCard
      title={t('overview.disk')}
      className="span-3"
      past={disk}
      figure={
        <Headline
          value={format.value(used, 'ratio')}
          percent={used === null ? null : used * 100}
          detail={t('overview.disk.detail', {
            free: format.value(live.latest(`disk_space_free_bytes${labels}`), 'bytes'),
            total: format.value(live.latest(`disk_space_size_bytes${labels}`), 'bytes'),
          })}
        />
      }
      unit="bytes_per_second"
      lines={[
        { name: t('chart.read'), values: totalOf(live, disk[0]) },
        { name: t('chart.written'), values: totalOf(live, disk[1]) },
      ]}
    />
  );
}

function Network(): ReactNode {
  const { t, format } = useText();
  const live = useLive(...network);
  const total = totalOf(live, ...network).at(-1) ?? null;
  return (
    <LiveCard
      title={t('overview.network')}
      className="span-3"
      past={network}
      figure={
        <Headline
          value={format.value(total, 'bytes_per_second')}
          percent={null}
          detail={t('overview.network.detail')}
        />
      }
      unit="bytes_per_second"
      lines={[
        { name: t('chart.received'), values: totalOf(live, network[0]) },
        { name: t('chart.sent'), values: totalOf(live, network[1]) },
      ]}
    />
  );
}

/** Where a figure begins to ask for a look; the rules decide on their own what alerts. */
const levels = { warning: 85, critical: 95 } as const;

interface HeadlineProps {
  readonly value: string;
  readonly detail: string;
  /** Of what is there; null where there is no whole. */
  readonly percent: number | null;
}

function Headline({ value, detail, percent }: HeadlineProps): ReactNode {
  const level = (percent ?? 0) > levels.critical ? 'critical' : (percent ?? 0) > levels.warning ? 'warning' : undefined;
  return (
    <div className="headline">
      <div className="figure" data-level={level}>
        {value}
      </div>
      <div className="quiet small">{detail}</div>
    </div>
  );
}
