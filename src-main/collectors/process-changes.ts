/** What processes did between two lists: CPU and disk per process, and added up by name. Pure. */
import type { ProcessFigures } from './readers/process-list.ts';

export interface ProcessActivity {
  readonly figures: ProcessFigures;
  /** Cores in use since the list before (1 = one core); null while there was none. */
  readonly cpu: number | null;
  /** Bytes a second; null where not told. */
  readonly disk: number | null;
}

export interface Baseline {
  readonly startedKey: number;
  readonly cpuSeconds: number;
  readonly diskBytes: number | undefined;
}

/** Remembers a list for the next comparison; readers may use their objects again. */
export function baselineOf(list: readonly ProcessFigures[], into: Map<number, Baseline>): void {
  into.clear();
  for (const { pid, startedKey, cpuSeconds, diskBytes } of list) into.set(pid, { startedKey, cpuSeconds, diskBytes });
}

/** A process that began after the baseline has used all its time since then. */
export function activities(
  list: readonly ProcessFigures[],
  before: ReadonlyMap<number, Baseline>,
  seconds: number,
): readonly ProcessActivity[] {
  return list.map((figures) => {
    const found = before.get(figures.pid);
    const last = found?.startedKey === figures.startedKey ? found : undefined;
    const cpu = seconds > 0 ? Math.max(0, figures.cpuSeconds - (last?.cpuSeconds ?? 0)) / seconds : null;
    if (figures.diskBytes === undefined || seconds <= 0) return { figures, cpu, disk: null };
    return { figures, cpu, disk: Math.max(0, figures.diskBytes - (last?.diskBytes ?? 0)) / seconds };
  });
}

/** Processes of one name, added up; what is known of none of them is null. */
export interface Sum {
  readonly name: string;
  count: number;
  cpu: number | null;
  memory: number;
  disk: number | null;
}

export function sumBy(list: readonly ProcessActivity[], nameOf: (activity: ProcessActivity) => string): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const activity of list) {
    const name = nameOf(activity);
    let sum = sums.get(name);
    if (sum === undefined) {
      sum = { name, count: 0, cpu: null, memory: 0, disk: null };
      sums.set(name, sum);
    }
    sum.count += 1;
    sum.memory += activity.figures.memoryBytes;
    if (activity.cpu !== null) sum.cpu = (sum.cpu ?? 0) + activity.cpu;
    if (activity.disk !== null) sum.disk = (sum.disk ?? 0) + activity.disk;
  }
  return [...sums.values()];
}

/** The `most` with the greatest figure, those without any left out. */
export function greatest<T>(list: readonly T[], figure: (one: T) => number | null, most: number): readonly T[] {
  return list
    .filter((one) => (figure(one) ?? 0) > 0)
    .sort((a, b) => (figure(b) ?? 0) - (figure(a) ?? 0))
    .slice(0, most);
}
