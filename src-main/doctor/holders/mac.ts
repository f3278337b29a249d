/**
 * Open files from lsof, which every macOS has. The parser is tested on captured text; the call was not run on a Mac.
 */
import { closeSync, existsSync, openSync } from 'node:fs';
import type { Holder, HolderAnswer } from '../../contract/doctor/examination.ts';
import { runCommandNow } from '../../platform/run-command.ts';
import { parts } from '../files/database-files.ts';
import { isClosedToOthers } from './who-may-write.ts';

/** Field output: `pPID`, `cNAME`, then for each file `fFD`, `aACCESS`, `lLOCK`, `nNAME`. */
export function parseLsof(text: string, ownPid: number): Holder[] {
  const holders = new Map<number, { name: string; files: Set<string>; isWriting: boolean }>();
  let pid = 0;
  let isWriteLocked = false;
  for (const line of text.split('\n')) {
    const value = line.slice(1);
    const entry = holders.get(pid);
    if (line.startsWith('p')) {
      pid = Number(value);
      holders.set(pid, { name: 'a process', files: new Set(), isWriting: false });
    } else if (entry === undefined) continue;
    else if (line.startsWith('c')) entry.name = value;
    else if (line.startsWith('f')) isWriteLocked = false;
    else if (line.startsWith('l')) isWriteLocked = /^[wWuU]/.test(value);
    else if (line.startsWith('n')) {
      entry.files.add(value);
      entry.isWriting ||= isWriteLocked;
    }
  }
  holders.delete(ownPid);
  return [...holders].map(([holder, { name, files, isWriting }]) => ({
    pid: holder,
    name,
    files: [...files],
    isWriting,
  }));
}

/**
 * Without root lsof shows the own user's processes alone: then nobody is known to have it only where nobody else may
 * write it.
 */
export function stateOf(holders: readonly Holder[], isRoot: boolean, isClosedToOthers: boolean): HolderAnswer['state'] {
  if (holders.length > 0) return 'held';
  return isRoot || isClosedToOthers ? 'free' : 'unknown';
}

export function findHoldersOnMac(path: string): HolderAnswer {
  const files = parts.map((part) => path + part).filter((file) => existsSync(file));
  // Where nothing is there is nothing to be held. Asked about nothing, lsof lists everything.
  if (files.length === 0) return { state: 'free', holders: [] };
  // lsof ends with 1 when somebody asked about is not open anywhere; held open here, each file is, and 1 means a real
  // failure.
  const held = files.map((file) => openSync(file, 'r'));
  try {
    // +c 0: names whole, not cut at nine characters.
    const listed = runCommandNow('/usr/sbin/lsof', ['+c', '0', '-F', 'pcflan', '--', ...files], { timeoutMs: 5_000 });
    if (!listed.ok) return { state: 'unknown', holders: [] };
    const holders = parseLsof(listed.value, process.pid);
    return { state: stateOf(holders, process.getuid?.() === 0, isClosedToOthers(path)), holders };
  } finally {
    for (const file of held) closeSync(file);
  }
}
