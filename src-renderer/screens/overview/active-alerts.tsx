import { Group, Stack, Text } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { useLive } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

export function ActiveAlerts(): ReactNode {
  const { t, format } = useText();
  const alerts = (useLive().state?.alerts ?? []).filter((alert) => alert.state === 'firing');
  return (
    <Card title={t('alerts.title')} className="span-8">
      {alerts.length === 0 ? (
        <Group gap={12} mih={64}>
          <IconBellCheck size={28} stroke={1.5} color="var(--text-quiet)" aria-hidden="true" />
          <div>
            <Text size="sm" fw={600}>
              {t('alerts.none')}
            </Text>
            <Text size="sm" className="quiet">
              {t('alerts.noneDetail')}
            </Text>
          </div>
        </Group>
      ) : (
        <Stack gap={12} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {alerts.map((alert) => (
            <li key={alert.id}>
              <Group justify="space-between" wrap="nowrap">
                <StateBadge state={alert.severity} label={t(`severity.${alert.severity}`)} />
                <Text size="xs" className="quiet">
                  {t('alerts.since', { time: format.time(alert.since) })}
                </Text>
              </Group>
              <Text size="sm">{alert.summary}</Text>
              {alert.advice !== undefined && (
                <Text size="sm" className="quiet">
                  {alert.advice}
                </Text>
              )}
            </li>
          ))}
        </Stack>
      )}
    </Card>
  );
}
