import { Stack } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AlertItem } from '../../alert/alert-item.tsx';
import { firingFirst } from '../../alert/describe-alert.ts';
import { useText } from '../../i18n/use-text.tsx';
import { useLiveState } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/states.tsx';

export function ActiveTab(): ReactNode {
  const { t } = useText();
  const alerts = useLiveState('alerts') ?? [];
  const firing = firingFirst(alerts);
  const pending = alerts.filter((alert) => alert.state === 'pending');
  return (
    <Stack gap={16}>
      <Card>
        {firing.length === 0 ? (
          <Empty icon={IconBellCheck} title={t('alerts.none')} detail={t('alerts.noneDetail')} />
        ) : (
          <Stack gap={0}>
            {firing.map((alert) => (
              <AlertItem key={alert.id} alert={alert} />
            ))}
          </Stack>
        )}
      </Card>
      {pending.length > 0 && (
        <Card title={t('alerts.pending')}>
          <Stack gap={0}>
            {pending.map((alert) => (
              <AlertItem key={alert.id} alert={alert} isCompact />
            ))}
          </Stack>
        </Card>
      )}
    </Stack>
  );
}
