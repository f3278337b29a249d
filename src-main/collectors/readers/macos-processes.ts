/**
 * Processes of macOS from `ps`; its own, where systeminformation would ask several programs. Parsed from captures, not
 * run there.
 */
import type { ProcessFigures } from './process-list.ts';

/** `lstart` has five words; the name comes last because it may hold spaces. */
export const psParameters = ['-A', '-c', '-o', 'pid=,ppid=,user=,rss=,cputime=,lstart=,comm='] as const;

const line =
  /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)\s+(\w{3}\s+\w{3}\s+\d+\s+[\d:]+\s+\d{4})\s+(.+)$/;

export function parsePs(text: string): readonly ProcessFigures[] {
  const processes: ProcessFigures[] = [];
  for (const one of text.split('\n')) {
    const match = line.exec(one);
    if (match === null) continue;
    const [, pid, parent, user, kilobytes, days, hours, minutes, seconds, started, name] = match;
    const startedAt = Date.parse(started as string);
    processes.push({
      pid: Number(pid),
      parent: Number(parent),
      name: (name as string).trim(),
      user: user as string,
      memoryBytes: Number(kilobytes) * 1_024,
      cpuSeconds: ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes)) * 60 + Number(seconds),
      startedAt: Number.isNaN(startedAt) ? null : startedAt,
      startedKey: startedAt,
    });
  }
  return processes;
}
