import type { Unit } from '@contract/metric.ts';
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import type { HistoryLine, HistoryRow } from './history-rows.ts';

export interface ChartTableProps {
  readonly name: string;
  /** In the order of time. */
  readonly rows: readonly HistoryRow[];
  readonly lines: readonly Pick<HistoryLine, 'name' | 'field'>[];
  readonly unit: Unit;
  readonly height: number;
  readonly timeOf: (at: number) => string;
}

/** The chart's own numbers, newest first. */
export function ChartTable({ name, rows, lines, unit, height, timeOf }: ChartTableProps): ReactNode {
  const { t, format } = useText();
  const present = rows.filter((row) => lines.some(({ field }) => (row[field] ?? null) !== null)).toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section tabIndex={0} aria-label={name} className="chart-table" style={{ height }}>
      <Table fz="xs" stickyHeader verticalSpacing={3} horizontalSpacing={4}>
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
              <Table.Td>{timeOf(row.at)}</Table.Td>
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
