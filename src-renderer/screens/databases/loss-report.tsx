import type { DoubtReason } from '@contract/doctor/doubts.ts';
import type { RepairReport, RowLoss } from '@contract/doctor/report.ts';
import { Table, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { type Texts, useText } from '../../i18n/use-text.tsx';

/**
 * Which rows came back for certain, which in doubt and why, which not; per table, and where those lie that were put
 * aside.
 */
export function LossReport({ report }: { readonly report: Pick<RepairReport, 'loss' | 'lostAndFound'> }): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const count = (value: number | null): string => format.value(value, 'count');
  return (
    <div style={{ overflowX: 'auto' }}>
      <Table fz="sm" className="loss">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('loss.table')}</Table.Th>
            <Table.Th ta="right">{t('loss.certain')}</Table.Th>
            <Table.Th ta="right">{t('loss.doubtful')}</Table.Th>
            <Table.Th ta="right">{t('loss.missing')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.loss.map((row) => (
            <Fragment key={row.table}>
              <Table.Tr>
                <Table.Td>{row.table}</Table.Td>
                <Table.Td ta="right">{count(row.certain)}</Table.Td>
                <Table.Td ta="right">{count(row.doubtful)}</Table.Td>
                <Table.Td ta="right">
                  {row.missingAtMost === row.missingAtLeast
                    ? count(row.missingAtLeast)
                    : row.missingAtMost === null
                      ? t('loss.atLeast', { least: count(row.missingAtLeast) })
                      : t('loss.between', { least: count(row.missingAtLeast), most: count(row.missingAtMost) })}
                </Table.Td>
              </Table.Tr>
              <Table.Tr className="loss-details">
                <Table.Td colSpan={4}>
                  {detailsOf(row, texts).map((detail) => (
                    <Text key={detail} size="xs" className="quiet">
                      {detail}
                    </Text>
                  ))}
                </Table.Td>
              </Table.Tr>
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
      {report.lostAndFound > 0 && (
        <Text size="sm" mt={8}>
          {t('loss.lostAndFound', { count: count(report.lostAndFound) })}
        </Text>
      )}
    </div>
  );
}

function detailsOf(row: RowLoss, { t, say, format }: Texts): readonly string[] {
  const count = (value: number): string => format.value(value, 'count');
  const reasons = Object.entries(row.reasons) as [DoubtReason, number][];
  const why = reasons.map(([reason, rows]) => `${count(rows)} ${say(`doubt.${reason}`, reason)}`);
  return [
    ...(row.certain > 0 ? [t('loss.confirmed', { count: count(row.confirmed) })] : []),
    ...(why.length > 0 ? [t('loss.doubtfulIn', { table: row.doubtfulTable ?? '–', why: why.join(', ') })] : []),
    ...(row.deleted > 0 ? [t('loss.deletedIn', { table: row.deletedTable ?? '–', count: count(row.deleted) })] : []),
    ...(row.schemaFrom === 'sqlite_schema' ? [] : [t(`loss.schema.${row.schemaFrom}`)]),
  ];
}
