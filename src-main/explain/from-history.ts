/**
 * The stored past as a recording. Of processes the history knows what the busiest names used, all of one name together:
 * their numbers and what started them are gone. Pure.
 */
import { parseSeriesKey } from '../contract/metric.ts';
import { explainedMetrics } from './causes/index.ts';
import type { ObservedProcess, Recording, Second } from './recording.ts';

const cpu = 'processes_cpu_cores_ratio';
const memory = 'processes_memory_bytes';
const disk = 'processes_disk_bytes_per_second';
const instances = 'processes_instances';

/** What has to be read. */
export const metricsOfHistory: readonly string[] = [...explainedMetrics, cpu, memory, disk, instances];

export interface StoredTick {
  /** ms since the epoch */
  readonly at: number;
  /** By series key. */
  readonly values: ReadonlyMap<string, number>;
}

interface Program {
  cpuCores: number | null;
  memoryBytes: number | null;
  diskBytesPerSecond: number | null;
  instances: number;
}

export const recordingOfHistory = (ticks: readonly StoredTick[]): Recording => {
  /** A number for each name, the same from table to table. */
  const numbers = new Map<string, number>();
  return ticks.map(({ at, values }): Second => ({ at, values, processes: programsOf(values, numbers) }));
};

function programsOf(
  values: ReadonlyMap<string, number>,
  numbers: Map<string, number>,
): readonly ObservedProcess[] | undefined {
  const programs = new Map<string, Program>();
  for (const [key, value] of values) {
    if (!key.startsWith('processes_')) continue;
    const series = parseSeriesKey(key);
    const name = series?.labels.name;
    if (series === undefined || name === undefined) continue;
    let program = programs.get(name);
    if (program === undefined) {
      program = { cpuCores: null, memoryBytes: null, diskBytesPerSecond: null, instances: 1 };
      programs.set(name, program);
    }
    if (series.name === cpu) program.cpuCores = value;
    else if (series.name === memory) program.memoryBytes = value;
    else if (series.name === disk) program.diskBytesPerSecond = value;
    else if (series.name === instances) program.instances = value;
  }
  if (programs.size === 0) return undefined;
  return [...programs].map(([name, program]) => {
    const pid = numbers.get(name) ?? -1 - numbers.size;
    numbers.set(name, pid);
    const identity = { label: name, isWrapper: false, isHelper: false };
    return { pid, parent: null, name, command: null, identity, ...program };
  });
}
