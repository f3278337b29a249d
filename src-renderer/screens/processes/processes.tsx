/** The process table as apps, processes or a tree, sorted as asked, and one process close by. */
import { CloseButton, Drawer, Group, SegmentedControl, TextInput, Title } from '@mantine/core';
import { IconListSearch, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Answer, Empty } from '../../ui/states.tsx';
import { ProcessList } from './process-list.tsx';
import { ProcessPage } from './process-page.tsx';
import { type ProcessView, processViews } from './process-rows.ts';

/** The source's own interval is ten seconds; asking a little oftener shows a new table soon after it is there. */
const askEveryMs = 2_500;

export function Processes(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const [, navigate] = useLocation();
  const { pid } = useParams<{ pid?: string }>();
  const [view, setView] = useState<ProcessView>('apps');
  const [search, setSearch] = useState('');
  const table = useQuery({ ...api.processes.table.queryOptions(), refetchInterval: askEveryMs });
  const shown = pid !== undefined && /^\d+$/.test(pid) ? Number(pid) : undefined;
  const row = table.data?.rows.find((one) => one.pid === shown);
  const title = row === undefined ? t('processes.one', { pid: shown ?? '' }) : `${row.label} (${row.pid})`;
  return (
    <>
      <ScreenHeader title={t('screen.processes')}>
        <SegmentedControl
          size="xs"
          aria-label={t('processes.view')}
          value={view}
          onChange={(value) => setView(value as ProcessView)}
          data={processViews.map((value) => ({ value, label: t(`processes.view.${value}`) }))}
        />
        <TextInput
          aria-label={t('processes.search')}
          placeholder={t('processes.search')}
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={240}
        />
      </ScreenHeader>
      <Card>
        <Answer query={table} rows={12}>
          {(answer) =>
            answer === null ? (
              <Empty icon={IconListSearch} title={t('processes.notYet')} detail={t('processes.notYetDetail')} />
            ) : (
              <ProcessList
                table={answer}
                view={view}
                search={search}
                onShow={(one) => {
                  if (one.pid !== null) return navigate(`/processes/${one.pid}`);
                  setView('processes');
                  setSearch(one.label);
                }}
              />
            )
          }
        </Answer>
      </Card>
      <Drawer
        opened={shown !== undefined}
        onClose={() => navigate('/processes')}
        position="right"
        size="lg"
        withCloseButton={false}
        attributes={{ content: { 'aria-label': title } }}
      >
        <Group justify="space-between" wrap="nowrap" mb={12}>
          <Title order={2} size="h4">
            {title}
          </Title>
          <CloseButton aria-label={t('action.close')} onClick={() => navigate('/processes')} />
        </Group>
        {shown !== undefined && <ProcessPage pid={shown} row={row} cores={table.data?.cores ?? null} />}
      </Drawer>
    </>
  );
}
