/** What a process is called on Linux, as its user knows it. */
import { readFileSync, readlinkSync } from 'node:fs';

/** The kernel cuts names at 15 bytes, and Node's own main thread calls itself something that helps nobody. */
const isUseless = (name: string): boolean => name.length === 15 || name === 'MainThread' || isNumber(name);
/** A program that was started through an open file is called by the number of that. */
const isNumber = (name: string): boolean => /^\d+$/.test(name);

/**
 * @param name as /proc/PID/stat and comm tell it
 * @param exe the link to the program's file; read only where its name goes on where the kernel's was cut or the
 *   kernel's says nothing
 */
export function wholeProcessName(name: string, exe: string): string {
  if (!isUseless(name)) return name;
  try {
    const file = readlinkSync(exe).replace(/ \(deleted\)$/, '');
    const whole = file.slice(file.lastIndexOf('/') + 1);
    return whole !== '' && (whole.startsWith(name) || name === 'MainThread' || isNumber(name)) ? whole : name;
  } catch {
    return name;
  }
}

export function linuxProcessName(pid: number): string {
  try {
    return wholeProcessName(readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), `/proc/${pid}/exe`);
  } catch {
    return 'a process';
  }
}
