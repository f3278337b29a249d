import { Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { totalOf } from '../../live/total-of.ts';
import { useLive } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';

export function KeyFigures(): ReactNode {
  const { t, format } = useText();
  const live = useLive(
    'system_cpu_percent',
    'cpu_core_usage_ratio',
    'cpu_load_average',
    'system_memory_percent',
    'memory_available_bytes',
    'memory_size_bytes',
    'disk_space_main_used_ratio',
    'disk_space_free_bytes',
    'disk_space_size_bytes',
    'network_receive_bytes_per_second',
    'network_transmit_bytes_per_second',
  );
  const received = totalOf(live, 'network_receive_bytes_per_second').at(-1) ?? null;
  const sent = totalOf(live, 'network_transmit_bytes_per_second').at(-1) ?? null;
  const cpu = live.latest('system_cpu_percent');
  const memory = live.latest('system_memory_percent');
  const disk = live.latest('disk_space_main_used_ratio');
  const mainVolume = [...live.lines('disk_space_size_bytes').keys()][0];
  const labels = mainVolume?.slice(mainVolume.indexOf('{')) ?? '';
  return (
    <>
      <Figure
        title={t('overview.cpu')}
        value={format.value(cpu, 'percent')}
        share={cpu}
        detail={t('overview.cpu.detail', {
          cores: live.lines('cpu_core_usage_ratio').size,
          load: format.value(live.latest('cpu_load_average{window="1m"}'), 'count'),
        })}
      />
      <Figure
        title={t('overview.memory')}
        value={format.value(memory, 'percent')}
        share={memory}
        detail={t('overview.memory.detail', {
          available: format.value(live.latest('memory_available_bytes'), 'bytes'),
          total: format.value(live.latest('memory_size_bytes'), 'bytes'),
        })}
      />
      <Figure
        title={t('overview.disk')}
        value={format.value(disk, 'ratio')}
        share={disk === null ? null : disk * 100}
        detail={t('overview.disk.detail', {
          free: format.value(live.latest(`disk_space_free_bytes${labels}`), 'bytes'),
          total: format.value(live.latest(`disk_space_size_bytes${labels}`), 'bytes'),
        })}
      />
      <Figure
        title={t('overview.network')}
        value={format.value(
          received === null && sent === null ? null : (received ?? 0) + (sent ?? 0),
          'bytes_per_second',
        )}
        share={undefined}
        detail={t('overview.network.detail', {
          received: format.value(received, 'bytes_per_second'),
          sent: format.value(sent, 'bytes_per_second'),
        })}
      />
    </>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: string;
  readonly detail: string;
  /** 0–100 for the bar; undefined draws none. */
  readonly share: number | null | undefined;
}

function Figure({ title, value, detail, share }: FigureProps): ReactNode {
  const color =
    (share ?? 0) > 95 ? 'var(--state-critical)' : (share ?? 0) > 85 ? 'var(--state-warning)' : 'var(--series-1)';
  return (
    <Card title={title} className="span-3">
      <div className="figure">{value}</div>
      <Text size="sm" className="quiet" truncate mt={2}>
        {detail}
      </Text>
      {share === undefined ? (
        <div style={{ height: 16 }} />
      ) : (
        <Progress
          value={share ?? 0}
          color={color}
          size={6}
          mt={10}
          aria-label={`${title}: ${value}`}
          transitionDuration={0}
        />
      )}
    </Card>
  );
}
