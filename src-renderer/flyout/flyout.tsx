/** The small window beside the tray: values, programs and alerts at a glance. Also reachable as `#/flyout`. */
import type { Unit } from '@contract/metric.ts';
import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { AlertItem } from '../alert/alert-item.tsx';
import { urgent } from '../alert/describe-alert.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { useText } from '../i18n/use-text.tsx';
import { totalOf } from '../live/total-of.ts';
import { useLive } from '../live/use-live.tsx';
import { ProcessRows } from '../screens/overview/top-processes.tsx';
import { StateBadge } from '../ui/state-badge.tsx';

const disk = ['disk_activity_read_bytes_per_second', 'disk_activity_write_bytes_per_second'] as const;
const network = ['network_receive_bytes_per_second', 'network_transmit_bytes_per_second'] as const;
const alertsShown = 3;
const processesShown = 4;

export function Flyout(): ReactNode {
  const { t, format } = useText();
  const live = useLive('system_cpu_percent', 'system_memory_percent', ...disk, ...network);
  const alerts = urgent(live.state?.alerts ?? []);
  const status = live.state?.health?.status ?? 'healthy';
  return (
    <main className="flyout" data-flyout>
      <Group justify="space-between" mb={10}>
        <StateBadge
          state={status}
          label={live.state === undefined ? t('connection.connecting') : t(`health.${status}`)}
        />
        <Text size="xs" className="quiet">
          {live.state === undefined ? '' : format.time(live.state.at)}
        </Text>
      </Group>
      <SimpleGrid cols={2} spacing={8}>
        <Value title={t('overview.cpu')} unit="percent" max={100} values={totalOf(live, 'system_cpu_percent')} />
        <Value title={t('overview.memory')} unit="percent" max={100} values={totalOf(live, 'system_memory_percent')} />
        <Value title={t('overview.disk')} unit="bytes_per_second" values={totalOf(live, ...disk)} />
        <Value title={t('overview.network')} unit="bytes_per_second" values={totalOf(live, ...network)} />
      </SimpleGrid>
      <section aria-label={t('alerts.title')} className="flyout-block">
        {alerts.length === 0 ? (
          <Text size="sm" className="quiet">
            {t('alerts.none')}
          </Text>
        ) : (
          <Stack gap={0}>
            {alerts.slice(0, alertsShown).map((alert) => (
              <AlertItem key={alert.id} alert={alert} isCompact />
            ))}
          </Stack>
        )}
      </section>
      <section aria-label={t('overview.topProcesses')} className="flyout-block">
        <ProcessRows count={processesShown} />
      </section>
    </main>
  );
}

interface ValueProps {
  readonly title: string;
  readonly unit: Unit;
  readonly max?: number;
  readonly values: readonly (number | null)[];
}

function Value({ title, unit, max, values }: ValueProps): ReactNode {
  const { format } = useText();
  return (
    <div className="flyout-value">
      <Group justify="space-between" gap={4} wrap="nowrap">
        <Text size="xs" className="quiet">
          {title}
        </Text>
        <Text size="sm" fw={600}>
          {format.value(values.at(-1) ?? null, unit)}
        </Text>
      </Group>
      <Sparkline values={values} {...(max !== undefined && { max })} />
    </div>
  );
}
