/**
 * The rows of the process table, from what each process did: those that matter, with the names people know. Pure but
 * for asking whose they are.
 */
import type { AppRow, ProcessRow } from '../contract/live.ts';
import { greatest, type ProcessActivity, sumBy } from './process-changes.ts';
import type { ProcessIdentities } from './process-identities.ts';
import type { ProcessReader } from './readers/process-list.ts';
import { rounded } from './rounding.ts';

/** Rows of the table for each of CPU, memory and disk. */
const rowsOfEach = 50;

export function rowsOf(
  list: readonly ProcessActivity[],
  reader: ProcessReader,
  identities: ProcessIdentities,
): readonly ProcessRow[] {
  const byPid = new Map(list.map((one) => [one.figures.pid, one]));
  const chosen = new Set<ProcessActivity>([
    ...greatest(list, (one) => one.cpu, rowsOfEach),
    ...greatest(list, (one) => one.figures.memoryBytes, rowsOfEach),
    ...greatest(list, (one) => one.disk, rowsOfEach),
  ]);
  // A tree needs those above; a table with a loop in it ends where it meets itself.
  for (const one of chosen) {
    const parent = one.figures.parent === null ? undefined : byPid.get(one.figures.parent);
    if (parent !== undefined) chosen.add(parent);
  }
  return [...chosen]
    .sort((a, b) => (b.cpu ?? 0) - (a.cpu ?? 0) || b.figures.memoryBytes - a.figures.memoryBytes)
    .map((one) => rowOf(one, byPid, reader, identities));
}

export function rowOf(
  { figures, cpu: cores, disk: bytes }: ProcessActivity,
  byPid: ReadonlyMap<number, ProcessActivity>,
  reader: ProcessReader,
  identities: ProcessIdentities,
): ProcessRow {
  const user = figures.user ?? reader.userOf?.(figures.pid);
  const { label = figures.name, unit } = identities.of(figures.pid) ?? {};
  return {
    pid: figures.pid,
    parent: figures.parent,
    name: figures.name,
    label,
    startedBy: starterOf(figures.pid, label, byPid, identities),
    ...(unit !== undefined && { unit }),
    ...(user !== undefined && { user }),
    cpuCores: cores === null ? null : rounded(cores, 3),
    memoryBytes: figures.memoryBytes,
    diskBytesPerSecond: bytes === null ? null : Math.round(bytes),
    startedAt: figures.startedAt,
    ...(figures.threads !== undefined && { threads: figures.threads }),
  };
}

/** The nearest above it that a person knows and that is called otherwise; the first process began everything. */
function starterOf(
  pid: number,
  label: string,
  byPid: ReadonlyMap<number, ProcessActivity>,
  identities: ProcessIdentities,
): string | null {
  const seen = new Set<number>();
  for (let above = byPid.get(pid)?.figures.parent ?? null; above !== null && above !== 1 && !seen.has(above); ) {
    seen.add(above);
    const identity = identities.of(above);
    if (identity !== undefined && !identity.isWrapper && !identity.isSession && identity.label !== label)
      return identity.label;
    above = byPid.get(above)?.figures.parent ?? null;
  }
  return null;
}

export function appsOf(list: readonly ProcessActivity[], identities: ProcessIdentities): readonly AppRow[] {
  const sums = sumBy(list, ({ figures: { pid, name } }) => identities.of(pid)?.label ?? name);
  const chosen = new Set([
    ...greatest(sums, (one) => one.cpu, rowsOfEach),
    ...greatest(sums, (one) => one.memory, rowsOfEach),
    ...greatest(sums, (one) => one.disk, rowsOfEach),
  ]);
  return [...chosen]
    .sort((a, b) => (b.cpu ?? 0) - (a.cpu ?? 0) || b.memory - a.memory)
    .map(({ name, count, cpu: cores, memory: bytes, disk: rate }) => ({
      label: name,
      processes: count,
      cpuCores: cores === null ? null : rounded(cores, 3),
      memoryBytes: bytes,
      diskBytesPerSecond: rate === null ? null : Math.round(rate),
    }));
}
