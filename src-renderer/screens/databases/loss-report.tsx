import type { RowLoss } from '@contract/doctor.ts';
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';

/** Which rows came back for certain, which in doubt, which not; per table. */
export function LossReport({ loss }: { readonly loss: readonly RowLoss[] }): ReactNode {
  const { t, format } = useText();
  const count = (value: number | null): string => format.value(value, 'count');
  return (
    <div style={{ overflowX: 'auto' }}>
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('loss.table')}</Table.Th>
            <Table.Th ta="right">{t('loss.certain')}</Table.Th>
            <Table.Th ta="right">{t('loss.doubtful')}</Table.Th>
            <Table.Th ta="right">{t('loss.missing')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {loss.map((row) => (
            <Table.Tr key={row.table}>
              <Table.Td>{row.table}</Table.Td>
              <Table.Td ta="right">{count(row.certain)}</Table.Td>
              <Table.Td ta="right">{count(row.doubtful)}</Table.Td>
              <Table.Td ta="right">
                {row.missingAtMost === row.missingAtLeast
                  ? count(row.missingAtLeast)
                  : t('loss.between', { least: count(row.missingAtLeast), most: count(row.missingAtMost) })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
