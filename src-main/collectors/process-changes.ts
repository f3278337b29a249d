/** What processes did between two lists: CPU and disk per process, and added up by name. Pure. */
import type { ProcessFigures } from './readers/process-list.ts';

export interface ProcessActivity {
  readonly figures: ProcessFigures;
  /** Cores in use since the list before (1 = one core); 0 for a process that was not in it. */
  readonly cpu: number;
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
    const cpu = seconds > 0 ? Math.max(0, figures.cpuSeconds - (last?.cpuSeconds ?? 0)) / seconds : 0;
    if (figures.diskBytes === undefined || seconds <= 0) return { figures, cpu, disk: null };
    return { figures, cpu, disk: Math.max(0, figures.diskBytes - (last?.diskBytes ?? 0)) / seconds };
  });
}

export interface ByName {
  readonly name: string;
  count: number;
  cpu: number;
  memory: number;
  disk: number;
}

export function sumByName(list: readonly ProcessActivity[]): readonly ByName[] {
  const names = new Map<string, ByName>();
  for (const { figures, cpu, disk } of list) {
    const known = names.get(figures.name);
    if (known === undefined)
      names.set(figures.name, { name: figures.name, count: 1, cpu, memory: figures.memoryBytes, disk: disk ?? 0 });
    else {
      known.count += 1;
      known.cpu += cpu;
      known.memory += figures.memoryBytes;
      known.disk += disk ?? 0;
    }
  }
  return [...names.values()];
}

/** The `most` with the greatest figure, those without any left out. */
export function greatest<T>(list: readonly T[], figure: (one: T) => number, most: number): readonly T[] {
  return list
    .filter((one) => figure(one) > 0)
    .sort((a, b) => figure(b) - figure(a))
    .slice(0, most);
}
