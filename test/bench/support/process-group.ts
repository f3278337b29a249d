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
  /** The part of it that no other process can share: not the pages of program files. */
  readonly ownBytes: number;
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
  const cost = { cpuSeconds: 0, residentBytes: 0, ownBytes: 0 };
  for (const member of group) {
    const { resident, own } = memoryOf(member);
    cost.cpuSeconds += (rows.get(member)?.ticks ?? 0) / 100;
    cost.residentBytes += resident;
    cost.ownBytes += own;
  }
  return cost;
}

function memoryOf(pid: number): { readonly resident: number; readonly own: number } {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'latin1');
    const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) * 1_024;
    return { resident: bytes('VmRSS'), own: bytes('RssAnon') };
  } catch {
    return { resident: 0, own: 0 };
  }
}

export const processCount = (): number => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
