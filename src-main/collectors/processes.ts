/**
 * Which programs use the machine: how many processes there are, and the history of the names that used most CPU, memory and
 * disk. Names and sums only; command lines hold secrets and are never read.
 */
import type { ProcessRow, ProcessTable } from '../contract/live.ts';
import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { runCommand } from '../platform/run-command.ts';
import { gauges } from '../sampling/describe-metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { activities, type Baseline, baselineOf, greatest, type ProcessActivity, sumByName } from './process-changes.ts';
import { linuxProcessReader } from './readers/linux-processes.ts';
import { parsePs, psParameters } from './readers/macos-processes.ts';
import type { ProcessFigures, ProcessReader } from './readers/process-list.ts';
import { readWindowsProcesses } from './readers/system-information.ts';
import { rounded } from './rounding.ts';

const alive: MetricDescription = {
  name: 'processes_alive',
  title: { en: 'Processes', de: 'Prozesse' },
  help: { en: 'Processes on this machine.', de: 'Prozesse auf diesem Rechner.' },
  unit: 'count',
  kind: 'gauge',
  labels: [],
};
const threads: MetricDescription = {
  name: 'processes_threads',
  title: { en: 'Threads', de: 'Threads' },
  help: {
    en: 'Threads of all processes on this machine, where reported.',
    de: 'Threads aller Prozesse auf diesem Rechner, soweit das System sie nennt.',
  },
  unit: 'count',
  kind: 'gauge',
  labels: [],
};
const byName = gauges('name');
const cpu = byName(
  'processes_cpu_cores_ratio',
  { en: 'CPU by program', de: 'CPU nach Programm' },
  {
    en: 'Cores that the processes of this name used, 1 being one core; for the five names that used most.',
    de: 'Kerne, die die Prozesse dieses Namens nutzten, 1 für einen ganzen; für die fünf Namen, die am meisten nutzten.',
  },
  'ratio',
);
const memory = byName(
  'processes_memory_bytes',
  { en: 'Memory by program', de: 'Speicher nach Programm' },
  {
    en: 'Memory that the processes of this name hold, shared parts counted for each; for the five names with most.',
    de: 'Speicher, den die Prozesse dieses Namens halten, gemeinsamer bei jedem mitgezählt; für die fünf Namen mit dem meisten.',
  },
  'bytes',
);
const disk = byName(
  'processes_disk_bytes_per_second',
  { en: 'Disk by program', de: 'Datenträger nach Programm' },
  {
    en: 'Bytes that the processes of this name read and wrote a second; for the five names with most.',
    de: 'Bytes je Sekunde, die die Prozesse dieses Namens lasen und schrieben; für die fünf Namen mit den meisten.',
  },
  'bytes_per_second',
);
const instances = byName(
  'processes_instances',
  { en: 'Processes by program', de: 'Prozesse nach Programm' },
  {
    en: 'Processes of this name, for the names in any of the other metrics.',
    de: 'Prozesse dieses Namens, für die Namen, die bei den anderen Werten vorkommen.',
  },
  'count',
);

const reasons = sentences('source.processes', {
  'no-processes': { en: 'The system shows no processes', de: 'Das System zeigt keine Prozesse' },
});

export interface ProcessWatch {
  readonly source: Source;
  /** The processes of the last table that matter, most CPU first; undefined before the first. */
  table(): ProcessTable | undefined;
  /** Processes of this name in the last table, all together; `.exe` and the like left out. */
  named(name: string): ProcessesOfName | undefined;
}

export interface ProcessesOfName {
  readonly count: number;
  /** Cores in use. */
  readonly cpu: number;
  readonly memoryBytes: number;
}

const namesInHistory = 5;
/** Rows of the table for each of CPU, memory and disk. */
const rowsOfEach = 50;

export function watchProcesses(deps: CollectorDeps): ProcessWatch {
  const reader = readerFor(deps);
  const baseline = new Map<number, Baseline>();
  let baselineAt: number | undefined;
  let last: { readonly at: number; readonly list: readonly ProcessActivity[] } | undefined;

  const source: Source = {
    id: 'processes',
    title: { en: 'Processes', de: 'Prozesse' },
    interval: 'slow',
    timeoutMs: 8_000,
    reasons,
    metrics: [alive, threads, cpu, memory, disk, instances],
    collect(sink, { at, monotonic }) {
      const take = (figures: readonly ProcessFigures[]): void => {
        if (figures.length === 0) {
          // We are one ourselves: an empty list is one that is kept from us, and nobody is known to be gone.
          last = undefined;
          throw new NoData(reasons['no-processes']);
        }
        const isFirst = baselineAt === undefined;
        const list = activities(figures, baseline, isFirst ? 0 : (monotonic - (baselineAt ?? monotonic)) / 1_000);
        baselineOf(figures, baseline);
        baselineAt = monotonic;
        last = { at, list };
        sink.sample(alive, figures.length);
        const allThreads = figures.reduce((sum, one) => sum + (one.threads ?? 0), 0);
        if (allThreads > 0) sink.sample(threads, allThreads);
        const names = sumByName(list);
        const told = new Set<string>();
        const emit = (
          metric: MetricDescription,
          figure: (one: (typeof names)[number]) => number,
          digits: number,
        ): void => {
          for (const one of greatest(names, figure, namesInHistory)) {
            sink.sample(metric, rounded(figure(one), digits), { name: one.name });
            told.add(one.name);
          }
        };
        if (!isFirst) {
          emit(cpu, (one) => one.cpu, 4);
          emit(disk, (one) => one.disk, 0);
        }
        emit(memory, (one) => one.memory, 0);
        for (const one of names) if (told.has(one.name)) sink.sample(instances, one.count, { name: one.name });
      };
      const figures = reader.read();
      if (figures instanceof Promise) return figures.then(take);
      return take(figures);
    },
  };

  return {
    source,
    table() {
      if (last === undefined) return undefined;
      return { at: last.at, total: last.list.length, rows: rowsOf(last.list, reader) };
    },
    named(name) {
      if (last === undefined) return undefined;
      const wanted = name.replace(/\.exe$/i, '');
      const found = last.list.filter(({ figures }) => figures.name === wanted);
      return {
        count: found.length,
        cpu: found.reduce((sum, one) => sum + one.cpu, 0),
        memoryBytes: found.reduce((sum, one) => sum + one.figures.memoryBytes, 0),
      };
    },
  };
}

function rowsOf(list: readonly ProcessActivity[], reader: ProcessReader): readonly ProcessRow[] {
  const chosen = new Set<ProcessActivity>([
    ...greatest(list, (one) => one.cpu, rowsOfEach),
    ...greatest(list, (one) => one.figures.memoryBytes, rowsOfEach),
    ...greatest(list, (one) => one.disk ?? 0, rowsOfEach),
  ]);
  return [...chosen]
    .sort((a, b) => b.cpu - a.cpu || b.figures.memoryBytes - a.figures.memoryBytes)
    .map(({ figures, cpu: cores, disk: bytes }) => {
      const user = figures.user ?? reader.userOf?.(figures.pid);
      return {
        pid: figures.pid,
        name: figures.name,
        ...(user !== undefined && { user }),
        cpuPercent: rounded(cores * 100, 1),
        memoryBytes: figures.memoryBytes,
        diskBytesPerSecond: bytes === null ? null : Math.round(bytes),
        startedAt: figures.startedAt,
        ...(figures.threads !== undefined && { threads: figures.threads }),
      };
    });
}

function readerFor({ platform, procRoot = '/proc' }: CollectorDeps): ProcessReader {
  if (platform === 'linux') return linuxProcessReader(procRoot);
  if (platform === 'win32') return { read: readWindowsProcesses };
  return {
    async read() {
      const outcome = await runCommand('/bin/ps', psParameters, { timeoutMs: 7_000 });
      if (!outcome.ok) throw new Error(outcome.failure.message);
      return parsePs(outcome.value);
    },
  };
}
