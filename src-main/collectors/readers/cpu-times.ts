/** CPU time by mode since boot, per core and in total: from /proc/stat on Linux, from `os.cpus()` elsewhere. */
import type { CpuInfo } from 'node:os';

const linuxModes = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;
const osModes = ['user', 'nice', 'system', 'idle', 'irq'] as const;

/** Time by mode in the order of `modes`, in any unit that stays the same. */
export type Times = readonly number[];
export interface CpuTimes {
  readonly modes: readonly string[];
  readonly total: Times;
  readonly cores: readonly Times[];
}

/** guest and guest_nice, fields 9 and 10, are already in user and nice. */
export function parseProcStat(text: string): CpuTimes {
  const total: number[] = [];
  const cores: Times[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('cpu')) break;
    const fields = line.split(' ').filter((field) => field !== '');
    const times = fields.slice(1, 1 + linuxModes.length).map(Number);
    if (fields[0] === 'cpu') total.push(...times);
    else cores.push(times);
  }
  return { modes: linuxModes, total, cores };
}

export function timesOfCpus(cpus: readonly CpuInfo[]): CpuTimes {
  const cores = cpus.map(({ times }) => [times.user, times.nice, times.sys, times.idle, times.irq]);
  const total = osModes.map((_, mode) => cores.reduce((sum, times) => sum + (times[mode] as number), 0));
  return { modes: osModes, total, cores };
}

const isIdle = (mode: string): boolean => mode === 'idle' || mode === 'iowait';

export interface CpuUsage {
  /** Share of the time that was not idle, 0–1. */
  readonly busy: number;
  /** Share of each mode, in the order of the modes. */
  readonly shares: readonly number[];
}

/**
 * What happened between two readings; undefined when no time passed. Counters that went back (a core taken offline,
 * iowait) count as 0.
 */
export function usageBetween(modes: readonly string[], before: Times, after: Times): CpuUsage | undefined {
  const spent = after.map((time, mode) => Math.max(0, time - (before[mode] ?? 0)));
  const all = spent.reduce((sum, time) => sum + time, 0);
  if (all <= 0) return undefined;
  const shares = spent.map((time) => time / all);
  const busy = shares.reduce((sum, share, mode) => (isIdle(modes[mode] as string) ? sum : sum + share), 0);
  return { busy, shares };
}
