import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AlertItem } from '../../alert/alert-item.tsx';
import { urgent } from '../../alert/describe-alert.ts';
import { useText } from '../../i18n/use-text.tsx';
import { useLiveState } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';

const shown = 3;

export function ActiveAlerts(): ReactNode {
  const { t } = useText();
  const alerts = urgent(useLiveState('alerts') ?? []);
  return (
    <Card
      title={t('alerts.title')}
      className="span-8"
      aside={
        <Anchor href="#/alerts" size="sm">
          {t('alerts.all')}
        </Anchor>
      }
    >
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
        <Stack gap={0}>
          {alerts.slice(0, shown).map((alert) => (
            <AlertItem key={alert.id} alert={alert} isCompact />
          ))}
          {alerts.length > shown && (
            <Anchor href="#/alerts" size="sm" mt={8}>
              {t('alerts.more', { count: alerts.length - shown })}
            </Anchor>
          )}
        </Stack>
      )}
    </Card>
  );
}
