/** What runs here, what it costs, and what a bug report needs. */
import { Button, Group, SimpleGrid, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isDesktop } from '../../api/connection.ts';
import { saveAs } from '../../api/save-as.ts';
import { signOut } from '../../api/session.ts';
import { useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { useLive } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';
import { Figure } from '../../ui/figure.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Answer } from '../../ui/states.tsx';
import { MonitorCard } from '../overview/monitor-card.tsx';
import { SourceTable } from './source-table.tsx';

/** The versions that matter in a bug report, where there are such. */
const versions = { electron: 'Electron', chrome: 'Chromium', node: 'Node.js', v8: 'V8', sqlite: 'SQLite' };

export function About(): ReactNode {
  const { t, format } = useText();
  const api = useApi();
  const client = useClient();
  const about = useQuery(api.monitor.about.queryOptions());
  const live = useLive(
    'monitor_cpu_usage_ratio',
    'monitor_resident_memory_bytes',
    'monitor_store_size_bytes',
    'store_series',
  );
  const saveBundle = async (): Promise<void> => {
    const { json } = await client.monitor.supportBundle();
    saveAs('hakgal-monitor-support.json', json, 'application/json');
  };
  return (
    <>
      <ScreenHeader title={t('screen.about')}>
        {!isDesktop() && (
          <Button variant="default" onClick={() => void signOut()}>
            {t('session.signOut')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => void saveBundle()}>
          {t('about.bundle')}
        </Button>
      </ScreenHeader>
      <SimpleGrid className="figures" cols={{ base: 2, md: 4 }} spacing={16} mb={16}>
        <Figure title={t('about.cpu')} value={format.value(live.latest('monitor_cpu_usage_ratio'), 'ratio')} />
        <Figure title={t('about.memory')} value={format.value(live.latest('monitor_resident_memory_bytes'), 'bytes')} />
        <Figure title={t('about.storeSize')} value={format.value(live.latest('monitor_store_size_bytes'), 'bytes')} />
        <Figure title={t('about.series')} value={format.value(live.latest('store_series'), 'count')} />
      </SimpleGrid>
      <div className="grid">
        <Card className="span-8" title={t('about.versions')}>
          <Answer query={about}>
            {(answer) => (
              <Table fz="sm">
                <Table.Tbody>
                  {[
                    ['HAKGAL Monitor', `${answer.version} · ${t(`about.shell.${answer.shell}`)}`],
                    [t('about.platform'), answer.platform],
                    ...Object.entries(versions).flatMap(([name, title]) => {
                      const version = answer.versions[name];
                      return version === undefined ? [] : [[title, version]];
                    }),
                    [t('about.dataDir'), answer.dataDir],
                    [t('about.pid'), String(answer.pid)],
                    [t('about.startedAt'), format.dateTime(answer.startedAt)],
                  ].map(([name, value]) => (
                    <Table.Tr key={name}>
                      <Table.Th w={180} fw={500} className="quiet">
                        {name}
                      </Table.Th>
                      <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
          </Answer>
        </Card>
        <MonitorCard />
        <Card className="span-12" title={t('about.sources')}>
          <SourceTable />
        </Card>
      </div>
      <Group mt={12}>
        <Text size="xs" className="quiet">
          {t('about.bundleDetail')}
        </Text>
      </Group>
    </>
  );
}
