/**
 * Which processes have a database open, and how often: Linux tells in /proc. Searching every process is dear (each open
 * file of each is a system call), so it is done seldom; in between, only known holders and those with a lock on its
 * -shm are asked.
 */
import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';

export interface HoldersQuestion {
  readonly path: string;
  /** Ask these only; undefined searches all. */
  readonly pids?: readonly number[];
  /** Not counted: our own process. */
  readonly without: number;
  readonly procRoot?: string;
}

export interface Holders {
  readonly holders: readonly { readonly pid: number; readonly connections: number }[];
}

export function findHolders({ path, pids, without, procRoot = '/proc' }: HoldersQuestion): Holders {
  const target = realpathSync(path);
  const candidates = pids === undefined ? allPids(procRoot) : [...new Set([...pids, ...lockers(target, procRoot)])];
  const holders: { pid: number; connections: number }[] = [];
  for (const pid of candidates) {
    if (pid === without) continue;
    const connections = countOpen(`${procRoot}/${pid}/fd`, target);
    if (connections > 0) holders.push({ pid, connections });
  }
  return { holders };
}

function allPids(procRoot: string): number[] {
  return readdirSync(procRoot)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Every process that has a database in WAL mode open holds a lock on its -shm; one file tells them all. */
function lockers(target: string, procRoot: string): number[] {
  const shm = statSync(`${target}-shm`, { throwIfNoEntry: false });
  if (shm === undefined) return [];
  const pids: number[] = [];
  for (const line of readFileSync(`${procRoot}/locks`, 'latin1').split('\n')) {
    const match = /^\d+:(?: ->)? \S+\s+\S+\s+\S+\s+(\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /.exec(line);
    if (match !== null && Number(match[2]) === shm.ino) pids.push(Number(match[1]));
  }
  return pids;
}

/** Processes of other users do not show their files, and count as not holding it. */
function countOpen(folder: string, target: string): number {
  let count = 0;
  try {
    for (const file of readdirSync(folder)) {
      try {
        if (readlinkSync(`${folder}/${file}`) === target) count += 1;
      } catch {
        // Closed in the meantime.
      }
    }
  } catch {
    return 0;
  }
  return count;
}
