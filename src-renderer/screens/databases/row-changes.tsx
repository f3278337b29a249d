/** Table by table the rows as they are and as they would be, and how the file is written to where that changes. */
import type { RepairReport } from '@contract/doctor/report.ts';
import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';

export function RowChanges({ report }: { readonly report: Pick<RepairReport, 'tables' | 'journalMode'> }): ReactNode {
  const { t, format } = useText();
  const { before, after } = report.journalMode;
  return (
    <>
      {report.tables.length > 0 && (
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('loss.table')}</Table.Th>
              <Table.Th ta="right">{t('doctor.rowsBefore')}</Table.Th>
              <Table.Th ta="right">{t('doctor.rowsAfter')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.tables.map((one) => (
              <Table.Tr key={one.table}>
                <Table.Td>{one.table}</Table.Td>
                <Table.Td ta="right">{format.value(one.before, 'count')}</Table.Td>
                <Table.Td ta="right">{format.value(one.after, 'count')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {before !== null && after !== null && (
        <Text size="sm" mt={6}>
          {before === after
            ? t('doctor.journalModeKept', { mode: t(`doctor.journalMode.${after}`) })
            : t('doctor.journalModeChanges', {
                before: t(`doctor.journalMode.${before}`),
                after: t(`doctor.journalMode.${after}`),
              })}
        </Text>
      )}
    </>
  );
}
