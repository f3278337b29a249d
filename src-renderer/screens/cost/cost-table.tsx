/** What models, providers and services used and cost; what has no price says so. */
import type { CostAnalysis } from '@contract/cost/analysis.ts';
import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { moneyText } from './money.ts';

export type CostRow = CostAnalysis['by_provider'][number] & { readonly detail?: string | null };

export function CostTable({
  title,
  rows,
  className,
}: {
  readonly title: string;
  readonly rows: readonly CostRow[];
  readonly className: string;
}): ReactNode {
  const { t, format } = useText();
  const count = (value: number | null): string => format.value(value, 'count');
  const columns = ['cost.count', 'cost.hits', 'cost.input', 'cost.cached', 'cost.output', 'cost.reasoning'] as const;
  return (
    <Card className={className} title={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section tabIndex={0} aria-label={title} style={{ overflowX: 'auto' }}>
        <Table fz="sm" verticalSpacing={6} miw={620}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('cost.name')}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column} ta="right">
                  {t(column)}
                </Table.Th>
              ))}
              <Table.Th ta="right">{t('cost.cost')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.detail ?? ''} ${row.name}`}>
                <Table.Td>
                  {row.name === '' ? t('cost.unknown') : row.name}
                  {row.detail && (
                    <Text size="xs" className="quiet">
                      {row.detail}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td ta="right">{count(row.calls)}</Table.Td>
                <Table.Td ta="right">{count(row.cache_hits)}</Table.Td>
                <Table.Td ta="right">{count(row.input_tokens)}</Table.Td>
                <Table.Td ta="right">{count(row.cache_read_tokens)}</Table.Td>
                <Table.Td ta="right">{count(row.output_tokens)}</Table.Td>
                <Table.Td ta="right">{count(row.reasoning_tokens)}</Table.Td>
                <Table.Td ta="right">{moneyText(format.locale, row.cost, row.currency) ?? t('cost.noPrice')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Card>
  );
}
