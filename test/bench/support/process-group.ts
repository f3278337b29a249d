/** CPU time and memory of a process with all its descendants, from /proc: what a tool costs the machine in all. */
import { readdirSync, readFileSync } from 'node:fs';

interface Row {
  readonly parent: number;
  /** Its own time and that of children it has waited for, clock ticks (1/100 s). */
  readonly ticks: number;
}

function readAll(): Map<number, Row> {
  const rows = new Map<number, Row>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'latin1');
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const at = (index: number): number => fields[index] as number;
      rows.set(Number(name), { parent: at(1), ticks: at(11) + at(12) + at(13) + at(14) });
    } catch {
      // Gone in the meantime.
    }
  }
  return rows;
}

export interface GroupCost {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly processes: number;
}

export function costOf(pid: number): GroupCost {
  const rows = readAll();
  const group = new Set([pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [candidate, { parent }] of rows)
      if (group.has(parent) && !group.has(candidate)) {
        group.add(candidate);
        grown = true;
      }
  }
  let ticks = 0;
  let residentBytes = 0;
  for (const member of group) {
    ticks += rows.get(member)?.ticks ?? 0;
    residentBytes += residentOf(member);
  }
  return { cpuSeconds: ticks / 100, residentBytes, processes: group.size };
}

function residentOf(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

/** Processes started on this machine since boot, threads included. */
export const forksSinceBoot = (): number => Number(/^processes (\d+)/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1]);

export const processCount = (): number => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
