import type { Unit } from '@contract/metric.ts';
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HistoryLine, HistoryRow } from '../../charts/history-rows.ts';
import { useText } from '../../i18n/use-text.tsx';

export interface TrendTableProps {
  readonly name: string;
  readonly rows: readonly HistoryRow[];
  readonly lines: readonly HistoryLine[];
  readonly unit: Unit;
}

/** The chart's own numbers, newest first. */
export function TrendTable({ name, rows, lines, unit }: TrendTableProps): ReactNode {
  const { t, format } = useText();
  const present = rows.filter((row) => lines.some(({ field }) => (row[field] ?? null) !== null)).toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section tabIndex={0} aria-label={name} style={{ maxHeight: 240, overflow: 'auto' }}>
      <Table fz="xs" stickyHeader verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('trends.time')}</Table.Th>
            {lines.map((line) => (
              <Table.Th key={line.field} ta="right">
                {line.name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {present.map((row) => (
            <Table.Tr key={row.at}>
              <Table.Td>{format.dateTime(row.at)}</Table.Td>
              {lines.map((line) => (
                <Table.Td key={line.field} ta="right">
                  {format.value(row[line.field], unit)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
