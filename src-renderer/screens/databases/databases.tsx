/** The watched databases: how each is doing, and the doctor for the one that is chosen. */
import type { TargetStatus } from '@contract/targets.ts';
import { Anchor, Button, Group, SimpleGrid, Text } from '@mantine/core';
import { IconDatabase, IconPlus, IconStethoscope } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';
import { describeFinding } from '../../targets/describe-finding.ts';
import { TargetActions } from '../../targets/target-actions.tsx';
import { TargetEditor } from '../../targets/target-editor.tsx';
import { TargetStateBadge } from '../../targets/target-state.tsx';
import { Card } from '../../ui/card.tsx';
import { Path } from '../../ui/path.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Answer, Empty } from '../../ui/states.tsx';
import { databaseFigures } from './database-figures.ts';
import { DatabasePage } from './database-page.tsx';

const askEveryMs = 5_000;
/** While one is being repaired or about to be looked at. */
const askSoonMs = 1_000;

const isBetween = ({ kind }: TargetStatus): boolean => kind === 'starting' || kind === 'in-repair';

export function Databases(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const { id } = useParams<{ id?: string }>();
  const [isAdding, setAdding] = useState(false);
  const targets = useQuery({
    ...api.targets.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.some(isBetween) ? askSoonMs : askEveryMs),
  });
  const databases = targets.data?.filter(({ settings }) => settings.kind === 'sqlite');
  const chosen = databases?.find(({ settings }) => settings.id === id);
  // By an address one goes from one database to the next; nothing of the first, least of all its plan, may stay.
  if (chosen !== undefined) return <DatabasePage key={chosen.settings.id} status={chosen} />;
  return (
    <>
      <ScreenHeader title={t('screen.databases')}>
        {databases !== undefined && databases.length > 0 && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('databases.add')}
          </Button>
        )}
      </ScreenHeader>
      <Answer query={targets}>
        {() =>
          databases === undefined || databases.length === 0 ? (
            <Card>
              <Empty icon={IconDatabase} title={t('databases.none')} detail={t('databases.noneDetail')}>
                <Button onClick={() => setAdding(true)}>{t('databases.add')}</Button>
              </Empty>
            </Card>
          ) : (
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing={16}>
              {databases.map((status) => (
                <DatabaseCard key={status.settings.id} status={status} />
              ))}
            </SimpleGrid>
          )
        }
      </Answer>
      {isAdding && <TargetEditor kinds={['sqlite']} onClose={() => setAdding(false)} />}
    </>
  );
}

function DatabaseCard({ status }: { readonly status: TargetStatus }): ReactNode {
  const texts = useText();
  const { t } = texts;
  const [, go] = useLocation();
  const { settings } = status;
  const path = `/databases/${settings.id}`;
  return (
    <Card>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div style={{ minWidth: 0 }}>
          <Anchor href={`#${path}`} fw={600} c="inherit" className="target">
            {settings.title}
          </Anchor>
          {settings.kind === 'sqlite' && <Path path={settings.path} />}
        </div>
        <Group gap={6} wrap="nowrap" style={{ whiteSpace: 'nowrap' }}>
          <TargetStateBadge status={status} />
          <TargetActions status={status} />
        </Group>
      </Group>
      <Text size="sm" mt={8} style={{ overflowWrap: 'anywhere' }}>
        {describeFinding(status, texts)}
      </Text>
      <SimpleGrid cols={{ base: 2, xs: 4 }} mt={12} spacing={10}>
        {databaseFigures(status, texts)
          .slice(0, 4)
          .map(({ name, value }) => (
            <div key={name}>
              <Text fw={600} truncate>
                {value}
              </Text>
              <Text size="xs" className="quiet">
                {name}
              </Text>
            </div>
          ))}
      </SimpleGrid>
      <Button
        mt={14}
        size="xs"
        variant={status.state === 'up' ? 'default' : 'filled'}
        leftSection={<IconStethoscope size={15} />}
        onClick={() => go(path)}
      >
        {status.state === 'up' ? t('databases.open') : t('databases.diagnose')}
      </Button>
    </Card>
  );
}
