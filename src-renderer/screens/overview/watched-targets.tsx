import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';
import { describeFinding } from '../../targets/describe-finding.ts';
import { TargetStateBadge } from '../../targets/target-state.tsx';
import { Card } from '../../ui/card.tsx';

const askEveryMs = 5_000;

/** Databases and services in one list, what needs a look first. */
export function WatchedTargets(): ReactNode {
  const texts = useText();
  const { t } = texts;
  const api = useApi();
  const { data = [] } = useQuery({ ...api.targets.list.queryOptions(), refetchInterval: askEveryMs });
  const sorted = data.toSorted((a, b) => Number(a.state === 'up') - Number(b.state === 'up'));
  return (
    <Card title={t('overview.targets')}>
      {data.length === 0 && (
        <Text size="sm" className="quiet">
          {t('overview.noTargets')} <Anchor href="#/databases">{t('databases.add')}</Anchor> ·{' '}
          <Anchor href="#/services">{t('service.add')}</Anchor>
        </Text>
      )}
      <Stack gap={0}>
        {sorted.map((status) => (
          <Group key={status.settings.id} className="list-row" justify="space-between" wrap="nowrap" gap={12}>
            <div style={{ minWidth: 0 }}>
              <Anchor
                size="sm"
                fw={600}
                c="inherit"
                href={status.settings.kind === 'sqlite' ? `#/databases/${status.settings.id}` : '#/services'}
              >
                {status.settings.title}
              </Anchor>
              <Text size="xs" className="quiet">
                {describeFinding(status, texts)}
              </Text>
            </div>
            <div style={{ flex: 'none' }}>
              <TargetStateBadge status={status} />
            </div>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
