/** The rows of the table in each of its views: apps with their sums, single processes, and the tree. Pure. */
import type { ProcessRow, ProcessTable } from '@contract/live.ts';

export const processViews = ['apps', 'processes', 'tree'] as const;
export type ProcessView = (typeof processViews)[number];

export interface ShownRow {
  readonly key: string;
  readonly label: string;
  /** What the system calls it and what began it, where that says more. */
  readonly name: string | null;
  readonly startedBy: string | null;
  /** Steps below the first of its tree. */
  readonly depth: number;
  readonly processes: number;
  readonly cpuCores: number | null;
  readonly memoryBytes: number;
  readonly diskBytesPerSecond: number | null;
  readonly threads: number | null;
  readonly user: string | null;
  readonly pid: number | null;
}

export type SortColumn = 'label' | 'cpuCores' | 'memoryBytes' | 'diskBytesPerSecond' | 'threads' | 'user' | 'pid';
export interface Sorting {
  readonly by: SortColumn;
  readonly isDown: boolean;
}

export function rowsOfView(
  table: ProcessTable,
  view: ProcessView,
  search: string,
  sorting: Sorting,
): readonly ShownRow[] {
  const wanted = search.trim().toLowerCase();
  if (view === 'apps') {
    const rows = table.apps.filter(({ label }) => label.toLowerCase().includes(wanted)).map(rowOfApp);
    return rows.toSorted(by(sorting));
  }
  const fitting = table.rows.filter((row) => fits(row, wanted));
  // What was searched for need not have what stands above it.
  if (view === 'tree' && wanted === '') return treeOf(table.rows, sorting);
  return fitting.map((row) => rowOfProcess(row, 0)).toSorted(by(sorting));
}

const fits = ({ label, name, pid, user, startedBy, unit }: ProcessRow, wanted: string): boolean =>
  wanted === '' ||
  String(pid) === wanted ||
  [label, name, user, startedBy, unit?.name].some((text) => text?.toLowerCase().includes(wanted) === true);

const rowOfApp = (app: ProcessTable['apps'][number]): ShownRow => ({
  ...app,
  key: app.label,
  name: null,
  startedBy: null,
  depth: 0,
  threads: null,
  user: null,
  pid: null,
});

const rowOfProcess = (row: ProcessRow, depth: number): ShownRow => ({
  key: String(row.pid),
  label: row.label,
  name: row.name === row.label ? null : row.name,
  startedBy: row.startedBy,
  depth,
  processes: 1,
  cpuCores: row.cpuCores,
  memoryBytes: row.memoryBytes,
  diskBytesPerSecond: row.diskBytesPerSecond,
  threads: row.threads ?? null,
  user: row.user ?? null,
  pid: row.pid,
});

/** Those below one another, the largest branch first: a branch counts with all that is in it. */
function treeOf(rows: readonly ProcessRow[], sorting: Sorting): readonly ShownRow[] {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const below = new Map<number | null, ProcessRow[]>();
  for (const row of rows) {
    const parent = row.parent !== null && row.parent !== row.pid && byPid.has(row.parent) ? row.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), row]);
  }
  const shown: ShownRow[] = [];
  const seen = new Set<number>();
  const compare = by(sorting);
  const add = (parent: number | null, depth: number): void => {
    const siblings = (below.get(parent) ?? []).filter(({ pid }) => !seen.has(pid));
    for (const { pid } of siblings) seen.add(pid);
    const sums = siblings.map((row) => ({ row, sum: sumOf(row, below, new Set()) }));
    sums.sort((a, b) => compare({ ...rowOfProcess(a.row, 0), ...a.sum }, { ...rowOfProcess(b.row, 0), ...b.sum }));
    for (const { row } of sums) {
      shown.push(rowOfProcess(row, depth));
      add(row.pid, depth + 1);
    }
  };
  add(null, 0);
  return shown;
}

interface BranchSum {
  readonly cpuCores: number | null;
  readonly memoryBytes: number;
  readonly diskBytesPerSecond: number | null;
}

function sumOf(
  row: ProcessRow,
  below: ReadonlyMap<number | null, readonly ProcessRow[]>,
  seen: Set<number>,
): BranchSum {
  seen.add(row.pid);
  let { cpuCores, memoryBytes, diskBytesPerSecond } = row as BranchSum;
  for (const child of below.get(row.pid) ?? []) {
    if (seen.has(child.pid)) continue;
    const sum = sumOf(child, below, seen);
    cpuCores = add(cpuCores, sum.cpuCores);
    memoryBytes += sum.memoryBytes;
    diskBytesPerSecond = add(diskBytesPerSecond, sum.diskBytesPerSecond);
  }
  return { cpuCores, memoryBytes, diskBytesPerSecond };
}

const add = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

function by({ by: column, isDown }: Sorting): (a: ShownRow, b: ShownRow) => number {
  const direction = isDown ? -1 : 1;
  return (a, b) => {
    const [left, right] = [a[column], b[column]];
    // What is not known stands last, whichever way it is sorted.
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return direction * (typeof left === 'number' ? left - Number(right) : String(left).localeCompare(String(right)));
  };
}
