import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';

const shown = 5;
const askEveryMs = 5_000;

export function TopProcesses(): ReactNode {
  const { t } = useText();
  return (
    <Card
      title={t('overview.topProcesses')}
      className="span-4 wide"
      aside={
        <Anchor href="#/processes" size="sm">
          {t('overview.all')}
        </Anchor>
      }
    >
      <ProcessRows count={shown} />
    </Card>
  );
}

/** The programs that use most CPU now. */
export function ProcessRows({ count }: { readonly count: number }): ReactNode {
  const { t, format } = useText();
  const api = useApi();
  const { data } = useQuery({ ...api.processes.table.queryOptions(), refetchInterval: askEveryMs });
  const { apps = [], cores = 1 } = data ?? {};
  const rows = apps.toSorted((a, b) => (b.cpuCores ?? 0) - (a.cpuCores ?? 0)).slice(0, count);
  if (rows.length === 0)
    return (
      <Text size="sm" className="quiet">
        {t('processes.notYet')}
      </Text>
    );
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t('processes.column.label')}</th>
          <th title={t('processes.share', { cores })}>{t('processes.column.cpuCores')}</th>
          <th>{t('processes.column.memoryBytes')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <td title={row.label}>{row.processes > 1 ? `${row.label} (${row.processes})` : row.label}</td>
            <td
              title={row.cpuCores === null ? '' : t('processes.cores', { cores: format.value(row.cpuCores, 'count') })}
            >
              {format.value(row.cpuCores === null ? null : row.cpuCores / cores, 'ratio')}
            </td>
            <td>{format.value(row.memoryBytes, 'bytes')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
