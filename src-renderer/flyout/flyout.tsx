/** The small window beside the tray: values, programs and alerts at a glance. Also reachable as `#/flyout`. */
import type { Unit } from '@contract/metric.ts';
import { Anchor, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { AlertItem } from '../alert/alert-item.tsx';
import { urgent } from '../alert/describe-alert.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { nowText } from '../explain/describe-cause.ts';
import { useText } from '../i18n/use-text.tsx';
import { totalOf } from '../live/total-of.ts';
import { useLive, useLiveState } from '../live/use-live.tsx';
import { ProcessRows } from '../screens/overview/top-processes.tsx';
import { StateBadge } from '../ui/state-badge.tsx';

const disk = ['disk_activity_read_bytes_per_second', 'disk_activity_write_bytes_per_second'] as const;
const network = ['network_receive_bytes_per_second', 'network_transmit_bytes_per_second'] as const;
const alertsShown = 3;
const processesShown = 4;
/** Bytes a second below which traffic is drawn as little, however quiet the rest was. */
const quietRate = 64 * 1024;

export function Flyout(): ReactNode {
  const texts = useText();
  const { t } = texts;
  const explanation = useLiveState('explanation');
  const live = useLive('system_cpu_percent', 'system_memory_percent', ...disk, ...network);
  const alerts = urgent(live.state?.alerts ?? []);
  const status = live.state?.health?.status ?? 'healthy';
  return (
    <main className="flyout" data-flyout>
      <Group justify="space-between" mb={12} mih={24}>
        <div className="verdict">
          <StateBadge
            state={live.state === undefined ? 'unknown' : status}
            label={live.state === undefined ? t('connection.connecting') : t(`health.${status}`)}
            size={22}
          />
        </div>
        <Anchor href="#/" target="_blank" size="sm" className="target">
          {t('flyout.open')}
        </Anchor>
      </Group>
      {explanation !== undefined && explanation.state !== 'unknown' && (
        <Text size="sm" mb={12} className="flyout-why">
          {nowText(explanation, texts)}
        </Text>
      )}
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
              <AlertItem key={alert.id} alert={alert} isCompact isInFlyout />
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
      <Text size="xs" className="quiet">
        {title}
      </Text>
      <Text fw={600} lh={1.4}>
        {format.value(values.at(-1) ?? null, unit)}
      </Text>
      <Sparkline values={values} {...(max === undefined ? { least: quietRate } : { max })} />
    </div>
  );
}
