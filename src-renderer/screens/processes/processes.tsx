/** The process table, sorted as asked, and the history of one program. */
import type { ProcessRow, ProcessTable } from '@contract/live.ts';
import { Drawer, Stack, Table, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconListSearch, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Answer, Empty } from '../../ui/states.tsx';
import { ProgramHistory } from './program-history.tsx';

type Column = 'name' | 'cpuCores' | 'memoryBytes' | 'diskBytesPerSecond' | 'threads' | 'user' | 'pid';
const columns: readonly {
  readonly id: Column;
  readonly isNumber: boolean;
  readonly isWide?: boolean;
  /** px; the name takes what is left. */
  readonly width?: number;
}[] = [
  { id: 'name', isNumber: false },
  { id: 'cpuCores', isNumber: true, width: 84 },
  { id: 'memoryBytes', isNumber: true, width: 108 },
  { id: 'diskBytesPerSecond', isNumber: true, isWide: true, width: 112 },
  { id: 'threads', isNumber: true, isWide: true, width: 88 },
  { id: 'user', isNumber: false, isWide: true, width: 120 },
  { id: 'pid', isNumber: true, isWide: true, width: 92 },
];
/** The source's own interval is ten seconds; asking a little oftener shows a new table soon after it is there. */
const askEveryMs = 2_500;

export function Processes(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState<string>();
  const table = useQuery({ ...api.processes.table.queryOptions(), refetchInterval: askEveryMs });
  return (
    <>
      <ScreenHeader title={t('screen.processes')}>
        <TextInput
          aria-label={t('processes.search')}
          placeholder={t('processes.search')}
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={240}
        />
      </ScreenHeader>
      <Card>
        <Answer query={table} rows={12}>
          {(answer) =>
            answer === null ? (
              <Empty icon={IconListSearch} title={t('processes.notYet')} detail={t('processes.notYetDetail')} />
            ) : (
              <ProcessList table={answer} search={search} onShow={setShown} />
            )
          }
        </Answer>
      </Card>
      <Drawer
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        position="right"
        size="lg"
        title={shown}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {shown !== undefined && <ProgramHistory name={shown} />}
      </Drawer>
    </>
  );
}

interface ProcessListProps {
  readonly table: ProcessTable;
  readonly search: string;
  readonly onShow: (name: string) => void;
}

const rowHeight = 37;

function ProcessList({ table, search, onShow }: ProcessListProps): ReactNode {
  const { t, format } = useText();
  const [sort, setSort] = useState<{ readonly by: Column; readonly isDown: boolean }>({
    by: 'cpuCores',
    isDown: true,
  });
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => sorted(table.rows, search, sort.by, sort.isDown), [table, search, sort]);
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
              {columns.map(({ id, isNumber, isWide, width }) => (
                <Table.Th
                  key={id}
                  ta={isNumber ? 'right' : 'left'}
                  className={isWide === true ? 'wide-only' : ''}
                  aria-sort={sort.by === id ? (sort.isDown ? 'descending' : 'ascending') : 'none'}
                  w={width}
                >
                  <UnstyledButton
                    className="link-like"
                    fw={600}
                    fz="sm"
                    onClick={() => setSort({ by: id, isDown: sort.by === id ? !sort.isDown : isNumber })}
                  >
                    {t(`processes.column.${id}`)}
                    {sort.by === id && (sort.isDown ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
                  </UnstyledButton>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {before > 0 && <tr style={{ height: before }} />}
            {items.map(({ index }) => {
              const row = rows[index] as ProcessRow;
              return (
                <Table.Tr
                  key={row.pid}
                  style={{ height: rowHeight, cursor: 'pointer' }}
                  onClick={() => onShow(row.name)}
                >
                  <Table.Td>
                    <UnstyledButton fz="sm" fw={500} className="link-like cut" title={row.name}>
                      {row.name}
                    </UnstyledButton>
                  </Table.Td>
                  <Table.Td ta="right">
                    {format.value(row.cpuCores === null ? null : row.cpuCores / table.cores, 'ratio')}
                  </Table.Td>
                  <Table.Td ta="right">{format.value(row.memoryBytes, 'bytes')}</Table.Td>
                  <Table.Td ta="right" className="wide-only">
                    {format.value(row.diskBytesPerSecond, 'bytes_per_second')}
                  </Table.Td>
                  <Table.Td ta="right" className="wide-only">
                    {format.value(row.threads, 'count')}
                  </Table.Td>
                  <Table.Td className="wide-only cut">{row.user ?? '–'}</Table.Td>
                  <Table.Td ta="right" className="wide-only">
                    {row.pid}
                  </Table.Td>
                </Table.Tr>
              );
            })}
            {after > 0 && <tr style={{ height: after }} />}
          </Table.Tbody>
        </Table>
        {rows.length === 0 && <Empty icon={IconListSearch} title={t('processes.none', { search })} />}
      </section>
      <Text size="xs" className="quiet">
        {t('processes.count', { shown: rows.length, total: table.total, time: format.time(table.at) })}
      </Text>
    </Stack>
  );
}

function sorted(rows: readonly ProcessRow[], search: string, by: Column, isDown: boolean): readonly ProcessRow[] {
  const wanted = search.trim().toLowerCase();
  const fitting =
    wanted === ''
      ? rows
      : rows.filter(
          ({ name, label, pid }) =>
            label.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted) || String(pid) === wanted,
        );
  const direction = isDown ? -1 : 1;
  return fitting.toSorted((a, b) => {
    const [left, right] = [a[by] ?? null, b[by] ?? null];
    // What is not known stands last, whichever way it is sorted.
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return direction * (typeof left === 'number' ? left - Number(right) : String(left).localeCompare(String(right)));
  });
}
