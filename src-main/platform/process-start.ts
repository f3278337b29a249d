/**
 * When a process began, in the system's own words: together with its id it names one process for ever. Undefined where
 * the system does not tell.
 */
import { readFileSync } from 'node:fs';

/** Linux alone: ticks since the boot, and which boot. A number that was given away again has another. */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; the 22nd field is the 20th behind it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return ticks === undefined ? undefined : `${boot} ${ticks}`;
  } catch {
    return undefined;
  }
}
