import type { Unit } from '@contract/metric.ts';
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import type { ChartAnnotation } from './chart-annotations.ts';
import type { HistoryLine, HistoryRow } from './history-rows.ts';

export interface ChartTableProps {
  readonly name: string;
  /** In the order of time. */
  readonly rows: readonly HistoryRow[];
  readonly lines: readonly Pick<HistoryLine, 'name' | 'field'>[];
  readonly unit: Unit;
  readonly timeOf: (at: number) => string;
  /** Told with the row in which they lie. */
  readonly annotations?: readonly ChartAnnotation[];
}

/** The chart's own numbers, newest first. */
export function ChartTable({ name, rows, lines, unit, timeOf, annotations = [] }: ChartTableProps): ReactNode {
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
                {annotationsIn(annotations, row.at, row.at + stepMs).map(({ at, label }) => (
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

const annotationsIn = (
  annotations: readonly ChartAnnotation[],
  from: number,
  until: number,
): readonly ChartAnnotation[] => annotations.filter(({ at }) => at >= from && at < until);
