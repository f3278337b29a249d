import type { SourceState } from '@contract/live.ts';
import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';
import { sourceReason } from '../../live/source-reason.ts';
import { type BadgeState, StateBadge } from '../../ui/state-badge.tsx';
import { Answer } from '../../ui/states.tsx';

const badges: Record<SourceState, BadgeState> = {
  ok: 'healthy',
  'no-data': 'unknown',
  starting: 'unknown',
  failed: 'unhealthy',
  'timed-out': 'unhealthy',
};

const askEveryMs = 5_000;

/** Each source with its interval and what its last collection took. */
export function SourceTable(): ReactNode {
  const texts = useText();
  const { t, format, say } = texts;
  const api = useApi();
  const sources = useQuery({ ...api.sources.list.queryOptions(), refetchInterval: askEveryMs });
  return (
    <Answer query={sources} rows={10}>
      {(list) => (
        <div style={{ overflowX: 'auto' }}>
          <Table fz="sm" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('source.name')}</Table.Th>
                <Table.Th>{t('source.state')}</Table.Th>
                <Table.Th ta="right" className="wide-only">
                  {t('source.every')}
                </Table.Th>
                <Table.Th ta="right">{t('source.took')}</Table.Th>
                <Table.Th ta="right" className="wide-only">
                  {t('source.share')}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((source) => (
                <Fragment key={source.id}>
                  <Table.Tr {...(source.reason !== undefined && { bd: 'none' })}>
                    <Table.Td>{say(`source.${source.id}`, source.title)}</Table.Td>
                    <Table.Td style={{ whiteSpace: 'nowrap' }}>
                      <StateBadge state={badges[source.state]} label={t(`source.state.${source.state}`)} size={15} />
                    </Table.Td>
                    <Table.Td ta="right" className="wide-only">
                      {format.duration(source.everyMs / 1000)}
                    </Table.Td>
                    <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                      {source.lastMs === undefined ? '–' : format.value(source.lastMs / 1000, 'seconds')}
                    </Table.Td>
                    <Table.Td ta="right" className="wide-only">
                      {source.lastMs === undefined ? '–' : format.share(source.lastMs / source.everyMs)}
                    </Table.Td>
                  </Table.Tr>
                  {source.reason !== undefined && (
                    <Table.Tr>
                      <Table.Td colSpan={5} className="quiet small" pt={0}>
                        {sourceReason(source, texts)}
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Fragment>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Answer>
  );
}
