/**
 * Which programs use the machine: how many processes there are, and the history of the names that used most CPU, memory
 * and disk. Names and sums only; command lines hold secrets and are not kept.
 */
import { availableParallelism } from 'node:os';
import type { ProcessRow, ProcessTable } from '../contract/live.ts';
import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { runCommand } from '../platform/run-command.ts';
import { gauges } from '../sampling/describe-metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { activities, type Baseline, baselineOf, greatest, type ProcessActivity, sumBy } from './process-changes.ts';
import { type Identify, type Identity, ProcessIdentities } from './process-identities.ts';
import { appsOf, rowOf, rowsOf } from './process-rows.ts';
import { linuxProcessReader } from './readers/linux-processes.ts';
import { parsePs, psParameters } from './readers/macos-processes.ts';
import type { ProcessFigures, ProcessReader } from './readers/process-list.ts';
import { isCalled } from './readers/process-match.ts';
import { windowsProcessReader } from './readers/system-information.ts';
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
  /**
   * The processes of the last table that matter, most CPU first; undefined before the first, the same until the next.
   */
  table(): ProcessTable | undefined;
  /** One process of the last list, whether it is in the table or not. */
  find(pid: number): ProcessRow | undefined;
  /** Those of the last list that it began. */
  childrenOf(pid: number): readonly { readonly pid: number; readonly label: string }[];
  /** What it is, of a process in the last table. */
  identityOf(pid: number): Identity | undefined;
  /**
   * Processes of this name in the last table, all together: by the program's name, its script's, or the title it gave
   * itself.
   * @param command what their command line must hold besides
   */
  named(name: string, command?: string): ProcessesOfName | undefined;
}

interface ProcessesOfName {
  readonly count: number;
  /** Cores in use; null until a first difference is known. */
  readonly cpu: number | null;
  readonly memoryBytes: number;
}

const namesInHistory = 5;

/** Where nobody says what a process is, it is what the system calls it. */
const asTheSystemCallsIt: Identify = ({ name }) => ({
  label: name,
  isWrapper: false,
  isHelper: false,
  isSession: false,
});

export function watchProcesses(deps: CollectorDeps, identify: Identify = asTheSystemCallsIt): ProcessWatch {
  const reader = readerFor(deps);
  const identities = new ProcessIdentities(identify, reader);
  const baseline = new Map<number, Baseline>();
  let baselineAt: number | undefined;
  let last: { readonly at: number; readonly list: readonly ProcessActivity[] } | undefined;
  let table: ProcessTable | undefined;

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
          table = undefined;
          throw new NoData(reasons['no-processes']);
        }
        const isFirst = baselineAt === undefined;
        const list = activities(figures, baseline, isFirst ? 0 : (monotonic - (baselineAt ?? monotonic)) / 1_000);
        baselineOf(figures, baseline);
        baselineAt = monotonic;
        identities.update(figures);
        last = { at, list };
        table = undefined;
        sink.sample(alive, figures.length);
        const allThreads = figures.reduce((sum, one) => sum + (one.threads ?? 0), 0);
        if (allThreads > 0) sink.sample(threads, allThreads);
        const names = sumBy(list, ({ figures: { pid, name } }) => identities.of(pid)?.label ?? name);
        const told = new Set<string>();
        const emit = (
          metric: MetricDescription,
          figure: (one: (typeof names)[number]) => number | null,
          digits: number,
        ): void => {
          for (const one of greatest(names, figure, namesInHistory)) {
            sink.sample(metric, rounded(figure(one) ?? 0, digits), { name: one.name });
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
      table ??= {
        at: last.at,
        total: last.list.length,
        cores: availableParallelism(),
        rows: rowsOf(last.list, reader, identities),
        apps: appsOf(last.list, identities),
      };
      return table;
    },
    find(pid) {
      const list = last?.list ?? [];
      const found = list.find(({ figures }) => figures.pid === pid);
      return found && rowOf(found, new Map(list.map((one) => [one.figures.pid, one])), reader, identities);
    },
    childrenOf: (parent) =>
      (last?.list ?? [])
        .filter(({ figures }) => figures.parent === parent)
        .map(({ figures: { pid, name } }) => ({ pid, label: identities.of(pid)?.label ?? name })),
    identityOf: (pid) => identities.of(pid),
    named(name, command = '') {
      if (last === undefined) return undefined;
      const wordsOf = (pid: number): string[] => reader.commandOf?.(pid)?.split('\0').filter(Boolean) ?? [];
      const found = last.list.filter(({ figures }) => {
        const label = identities.of(figures.pid)?.label;
        const words = (): string[] => wordsOf(figures.pid);
        return (
          isCalled(name, { name: figures.name, words, ...(label !== undefined && { label }) }) &&
          (command === '' || words().join(' ').includes(command))
        );
      });
      return {
        count: found.length,
        cpu: found.some(({ cpu: cores }) => cores === null)
          ? null
          : found.reduce((sum, one) => sum + (one.cpu ?? 0), 0),
        memoryBytes: found.reduce((sum, one) => sum + one.figures.memoryBytes, 0),
      };
    },
  };
}

function readerFor({ platform, procRoot = '/proc' }: CollectorDeps): ProcessReader {
  if (platform === 'linux') return linuxProcessReader(procRoot);
  if (platform === 'win32') return windowsProcessReader();
  return {
    async read() {
      const outcome = await runCommand('/bin/ps', psParameters, { timeoutMs: 7_000 });
      if (!outcome.ok) throw new Error(outcome.failure.message);
      return parsePs(outcome.value);
    },
  };
}
