import type { ProcessTable } from '@contract/live.ts';
import { Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconListSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Empty } from '../../ui/states.tsx';
import { type ProcessView, rowsOfView, type ShownRow, type SortColumn, type Sorting } from './process-rows.ts';

const columns: readonly {
  readonly id: SortColumn;
  readonly isNumber: boolean;
  readonly isWide?: boolean;
  /** Means something for a single process only. */
  readonly isOfOne?: boolean;
  /** px; the name takes what is left. */
  readonly width?: number;
}[] = [
  { id: 'label', isNumber: false },
  { id: 'cpuCores', isNumber: true, width: 84 },
  { id: 'memoryBytes', isNumber: true, width: 108 },
  { id: 'diskBytesPerSecond', isNumber: true, isWide: true, width: 112 },
  { id: 'threads', isNumber: true, isWide: true, isOfOne: true, width: 88 },
  { id: 'user', isNumber: false, isWide: true, isOfOne: true, width: 110 },
  { id: 'pid', isNumber: true, isWide: true, isOfOne: true, width: 92 },
];

interface ProcessListProps {
  readonly table: ProcessTable;
  readonly view: ProcessView;
  readonly search: string;
  readonly onShow: (row: ShownRow) => void;
}

const rowHeight = 37;
const indent = 16;
/** Deeper ones stand below one another: the name would have no room. */
const maxIndents = 8;

export function ProcessList({ table, view, search, onShow }: ProcessListProps): ReactNode {
  const { t, format } = useText();
  const [sorting, setSorting] = useState<Sorting>({ by: 'cpuCores', isDown: true });
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOfView(table, view, search, sorting), [table, view, search, sorting]);
  const shownColumns = columns.filter(({ isOfOne }) => view !== 'apps' || isOfOne !== true);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <Stack gap={8}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={box} tabIndex={0} aria-label={t('screen.processes')} className="scroll-box">
        <Table highlightOnHover stickyHeader verticalSpacing={7} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              {shownColumns.map(({ id, isNumber, isWide, width }) => (
                <Table.Th
                  key={id}
                  ta={isNumber ? 'right' : 'left'}
                  className={isWide === true ? 'wide-only' : ''}
                  aria-sort={sorting.by === id ? (sorting.isDown ? 'descending' : 'ascending') : 'none'}
                  title={id === 'cpuCores' ? t('processes.share', { cores: table.cores }) : undefined}
                  w={width}
                >
                  <UnstyledButton
                    className="link-like"
                    fw={600}
                    fz="sm"
                    onClick={() => setSorting({ by: id, isDown: sorting.by === id ? !sorting.isDown : isNumber })}
                  >
                    {t(`processes.column.${id}`)}
                    {sorting.by === id && (sorting.isDown ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
                  </UnstyledButton>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {before > 0 && <tr style={{ height: before }} />}
            {items.map(({ index }) => {
              const row = rows[index] as ShownRow;
              return (
                <Table.Tr key={row.key} style={{ height: rowHeight, cursor: 'pointer' }} onClick={() => onShow(row)}>
                  {shownColumns.map(({ id, isNumber, isWide }) => (
                    <Table.Td
                      key={id}
                      ta={isNumber ? 'right' : 'left'}
                      className={`${isWide === true ? 'wide-only' : ''} ${isNumber ? '' : 'cut'}`}
                    >
                      {id === 'label' ? <NameCell row={row} /> : textOfCell(row, id, table.cores, format)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
            {after > 0 && <tr style={{ height: after }} />}
          </Table.Tbody>
        </Table>
        {rows.length === 0 && <Empty icon={IconListSearch} title={t('processes.none', { search })} />}
      </section>
      <Text size="xs" className="quiet">
        {t('processes.count', { shown: rows.length, total: table.total, time: format.time(table.at) })} ·{' '}
        {t('processes.share', { cores: table.cores })}
      </Text>
    </Stack>
  );
}

function NameCell({ row }: { readonly row: ShownRow }): ReactNode {
  const { t } = useText();
  const beside = [
    row.processes > 1 && t('processes.together', { count: row.processes }),
    row.name,
    row.startedBy !== null && t('processes.startedBy', { name: row.startedBy }),
  ].filter((part) => typeof part === 'string');
  return (
    <div className="cut" style={{ paddingInlineStart: Math.min(row.depth, maxIndents) * indent }}>
      <UnstyledButton fz="sm" fw={500} className="link-like" title={row.label}>
        {row.label}
      </UnstyledButton>
      {beside.length > 0 && <span className="quiet extra-small"> {beside.join(' · ')}</span>}
    </div>
  );
}

function textOfCell(
  row: ShownRow,
  column: Exclude<SortColumn, 'label'>,
  cores: number,
  format: ReturnType<typeof useText>['format'],
): string {
  switch (column) {
    case 'cpuCores':
      return format.value(row.cpuCores === null ? null : row.cpuCores / cores, 'ratio');
    case 'memoryBytes':
      return format.value(row.memoryBytes, 'bytes');
    case 'diskBytesPerSecond':
      return format.value(row.diskBytesPerSecond, 'bytes_per_second');
    case 'threads':
      return format.value(row.threads, 'count');
    case 'user':
      return row.user ?? '–';
    case 'pid':
      return String(row.pid ?? '–');
  }
}
