/** Processes from /proc, one open, read and close each into one buffer: about 10 ms of CPU for a thousand. */
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { wholeProcessName } from '../../platform/linux-process-name.ts';
import { unitOfControlGroup } from './control-group.ts';
import { type ProcessStat, readProcessIo, readProcessStat } from './proc-pid-stat.ts';
import type { ProcessFigures, ProcessReader } from './process-list.ts';

interface Known extends ProcessStat {
  pid: number;
  startedKey: number;
  startedAt: number | null;
  cpuSeconds: number;
  memoryBytes: number;
  diskBytes?: number;
  generation: number;
  /** Looks taken at it since it began. */
  looks: number;
}

/** The kernel's USER_HZ, which is 100 on every architecture Linux still runs Node on. */
const ticksPerSecond = 100;

export function linuxProcessReader(procRoot: string, memoryOfSelf = process.memoryUsage.rss): ProcessReader {
  const buffer = Buffer.allocUnsafeSlow(2_048);
  const known = new Map<number, Known>();
  let generation = 0;
  let pageSize: number | undefined;
  const bootedAt = readBootTime(procRoot);
  const accounts = new Map<number, string>();

  /** @returns bytes read, 0 when the process is gone or not ours to see */
  function readInto(path: string): number {
    let fd: number;
    try {
      fd = openSync(path, 'r');
    } catch {
      return 0;
    }
    try {
      return readSync(fd, buffer, 0, buffer.length, 0);
    } catch {
      return 0;
    } finally {
      closeSync(fd);
    }
  }

  function readOne(pid: number): void {
    const length = readInto(`${procRoot}/${pid}/stat`);
    if (length === 0) return;
    let process = known.get(pid);
    const ticksBefore = process?.cpuTicks ?? 0;
    process ??= emptyProcess(pid);
    const startBefore = process.startTicks;
    // One that was caught between fork and exec has its parent's name: the second look takes the name once more.
    if (!readProcessStat(buffer, length, process, process.looks === 1 ? -1 : startBefore)) return;
    const isNew = startBefore !== process.startTicks;
    process.looks = isNew ? 1 : process.looks + 1;
    if (process.looks <= 2) {
      process.name = wholeProcessName(process.name, `${procRoot}/${pid}/exe`);
      process.startedKey = process.startTicks;
      process.startedAt =
        bootedAt === undefined ? null : Math.round(bootedAt + (process.startTicks / ticksPerSecond) * 1_000);
    }
    process.cpuSeconds = process.cpuTicks / ticksPerSecond;
    process.memoryBytes = process.residentPages * (pageSize as number);
    process.generation = generation;
    // Who used no CPU moved no bytes: a thousand idle processes need no second file.
    if (isNew || process.cpuTicks !== ticksBefore) {
      const read = readInto(`${procRoot}/${pid}/io`);
      const bytes = read === 0 ? undefined : readProcessIo(buffer.toString('latin1', 0, read));
      if (bytes !== undefined) process.diskBytes = bytes;
    }
    known.set(pid, process);
  }

  return {
    read(): readonly ProcessFigures[] {
      pageSize ??= measurePageSize(procRoot, memoryOfSelf());
      generation += 1;
      for (const name of readdirSync(procRoot)) {
        const first = name.charCodeAt(0);
        if (first >= 49 && first <= 57) readOne(Number(name));
      }
      for (const [pid, process] of known) if (process.generation !== generation) known.delete(pid);
      return [...known.values()];
    },
    commandOf(pid) {
      const length = readInto(`${procRoot}/${pid}/cmdline`);
      return length === 0 ? undefined : buffer.toString('utf8', 0, length);
    },
    unitOf(pid) {
      const length = readInto(`${procRoot}/${pid}/cgroup`);
      return length === 0 ? undefined : unitOfControlGroup(buffer.toString('utf8', 0, length));
    },
    userOf(pid) {
      try {
        const { uid } = statSync(`${procRoot}/${pid}`);
        if (accounts.size === 0) readAccounts(accounts);
        return accounts.get(uid) ?? String(uid);
      } catch {
        return undefined;
      }
    },
  };
}

function emptyProcess(pid: number): Known {
  return {
    pid,
    name: '',
    parent: 0,
    cpuTicks: 0,
    threads: 0,
    startTicks: -1,
    residentPages: 0,
    startedKey: 0,
    startedAt: null,
    cpuSeconds: 0,
    memoryBytes: 0,
    generation: 0,
    looks: 0,
  };
}

function readBootTime(procRoot: string): number | undefined {
  try {
    const seconds = /^btime (\d+)/m.exec(readFileSync(`${procRoot}/stat`, 'latin1'))?.[1];
    return seconds === undefined ? undefined : Number(seconds) * 1_000;
  } catch {
    return undefined;
  }
}

/** Node does not tell the page size: our own memory in bytes against the same in pages does. */
function measurePageSize(procRoot: string, ownBytes: number): number {
  try {
    const pages = Number(readFileSync(`${procRoot}/self/statm`, 'latin1').split(' ')[1]);
    const measured = ownBytes / pages;
    return [4_096, 16_384, 65_536].reduce((best, size) =>
      Math.abs(size - measured) < Math.abs(best - measured) ? size : best,
    );
  } catch {
    return 4_096;
  }
}

function readAccounts(accounts: Map<number, string>): void {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid] = line.split(':');
    if (name !== undefined && uid !== undefined) accounts.set(Number(uid), name);
  }
}
