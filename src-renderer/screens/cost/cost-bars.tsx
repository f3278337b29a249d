/** Cost of each day or month as bars; each names its sum, and the same stands below as a table. */
import type { CostDay } from '@contract/cost/analysis.ts';
import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { moneyText } from './money.ts';

export interface CostBarsProps {
  readonly title: string;
  readonly spans: readonly CostDay[];
  readonly currency: string;
  readonly nameOf: (from: number) => string;
}

export function CostBars({ title, spans, currency, nameOf }: CostBarsProps): ReactNode {
  const { t, format } = useText();
  const top = Math.max(...spans.map(({ cost }) => cost ?? 0), 0);
  const textOf = (cost: number | null): string => moneyText(format.locale, cost, currency) ?? t('cost.unknown');
  return (
    <Card
      className="span-6"
      title={title}
      aside={
        <Text size="xs" className="quiet">
          {textOf(top)}
        </Text>
      }
    >
      <div className="cost-bars" aria-hidden="true">
        {spans.map(({ from, cost }) => (
          <div key={from} title={`${nameOf(from)}: ${textOf(cost)}`}>
            <div style={{ height: `${top === 0 || cost === null ? 0 : Math.max(2, (cost / top) * 100)}%` }} />
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section tabIndex={0} aria-label={title} className="chart-table">
        <Table fz="xs" stickyHeader verticalSpacing={3} horizontalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('cost.date')}</Table.Th>
              <Table.Th ta="right">{t('cost.count')}</Table.Th>
              <Table.Th ta="right">{t('cost.cost')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {spans.toReversed().map(({ from, cost, calls }) => (
              <Table.Tr key={from}>
                <Table.Td>{nameOf(from)}</Table.Td>
                <Table.Td ta="right">{format.value(calls, 'count')}</Table.Td>
                <Table.Td ta="right">{textOf(cost)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Card>
  );
}
