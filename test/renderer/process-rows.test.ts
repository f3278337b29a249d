import { describe, expect, it } from 'vitest';
import type { ProcessRow, ProcessTable } from '../../src-main/contract/live.ts';
import { rowsOfView, type Sorting } from '../../src-renderer/screens/processes/process-rows.ts';

const row = (pid: number, parent: number | null, label: string, cpuCores: number | null): ProcessRow => ({
  pid,
  parent,
  name: 'node',
  label,
  startedBy: null,
  cpuCores,
  memoryBytes: pid,
  diskBytesPerSecond: null,
  startedAt: null,
});
const table: ProcessTable = {
  at: 1,
  total: 6,
  cores: 2,
  rows: [
    row(5, 3, 'worker', 0.9),
    row(4, 2, 'editor', 0.5),
    row(3, 2, 'build', 0.1),
    row(6, 6, 'loop', 0.2),
    row(2, 1, 'shell', 0),
    row(7, 99, 'unknown', null),
  ],
  apps: [
    { label: 'build', processes: 2, cpuCores: 1, memoryBytes: 8, diskBytesPerSecond: null },
    { label: 'editor', processes: 1, cpuCores: null, memoryBytes: 4, diskBytesPerSecond: null },
  ],
};
const byCpu: Sorting = { by: 'cpuCores', isDown: true };

describe('the rows of the process table', () => {
  it('are a tree with the busiest branch first, wherever in it the work is done', () => {
    const tree = rowsOfView(table, 'tree', '', byCpu).map(({ label, depth }) => `${' '.repeat(depth)}${label}`);
    expect(tree).toEqual(['shell', ' build', '  worker', ' editor', 'loop', 'unknown']);
  });

  it('are apps with their sums, what is not known last', () => {
    expect(rowsOfView(table, 'apps', '', byCpu).map(({ label, processes }) => [label, processes])).toEqual([
      ['build', 2],
      ['editor', 1],
    ]);
    expect(rowsOfView(table, 'apps', '', { by: 'cpuCores', isDown: false }).at(-1)?.label).toBe('editor');
  });

  it('are found by name, number and what the system calls them', () => {
    const found = (search: string) => rowsOfView(table, 'processes', search, byCpu).map(({ pid }) => pid);
    expect(found('WORK')).toEqual([5]);
    expect(found('6')).toEqual([6]);
    expect(found('node')).toHaveLength(6);
    expect(rowsOfView(table, 'tree', 'edit', byCpu).map(({ depth }) => depth)).toEqual([0]);
  });
});
