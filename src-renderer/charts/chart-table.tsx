import type { Unit } from '@contract/metric.ts';
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import type { ChartMark } from './chart-marks.ts';
import type { HistoryLine, HistoryRow } from './history-rows.ts';

export interface ChartTableProps {
  readonly name: string;
  /** In the order of time. */
  readonly rows: readonly HistoryRow[];
  readonly lines: readonly Pick<HistoryLine, 'name' | 'field'>[];
  readonly unit: Unit;
  readonly timeOf: (at: number) => string;
  /** Told with the row in which they lie. */
  readonly marks?: readonly ChartMark[];
}

/** The chart's own numbers, newest first. */
export function ChartTable({ name, rows, lines, unit, timeOf, marks = [] }: ChartTableProps): ReactNode {
  const { t, format } = useText();
  const stepMs = rows.length < 2 ? 0 : (rows[1] as HistoryRow).at - (rows[0] as HistoryRow).at;
  const present = rows.filter((row) => lines.some(({ field }) => (row[field] ?? null) !== null)).toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section tabIndex={0} aria-label={name} className="chart-table">
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
              <Table.Td>
                {timeOf(row.at)}
                {marksIn(marks, row.at, row.at + stepMs).map(({ at, label }) => (
                  <div key={`${at}${label}`} className="quiet">
                    {label}
                  </div>
                ))}
              </Table.Td>
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

const marksIn = (marks: readonly ChartMark[], from: number, until: number): readonly ChartMark[] =>
  marks.filter(({ at }) => at >= from && at < until);
