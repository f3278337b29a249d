/** Open files from /proc/PID/fd, and locks from /proc/locks, which also names processes of other users. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { Holder, HolderAnswer } from '../../contract/doctor/examination.ts';
import { linuxProcessName } from '../../platform/linux-process-name.ts';
import { parts } from '../files/database-files.ts';
import { askForLease, type LeaseAnswer } from './linux-lease.ts';
import { isClosedToOthers } from './who-may-write.ts';

interface FileIdentity {
  readonly path: string;
  readonly dev: number;
  readonly ino: number;
}

export interface LockLine {
  readonly pid: number;
  readonly isWrite: boolean;
  readonly major: number;
  readonly minor: number;
  readonly ino: number;
}

/**
 * Lines as `1: POSIX ADVISORY WRITE 1234 08:01:5678 0 EOF`; a waiting lock has `->` after its number. Device numbers
 * are hexadecimal.
 */
export function parseLocks(text: string): LockLine[] {
  const locks: LockLine[] = [];
  for (const line of text.split('\n')) {
    const found = /^\d+:\s+(?:POSIX|OFDLCK|FLOCK)\s+\S+\s+(READ|WRITE)\s+(-?\d+)\s+([\da-f]+):([\da-f]+):(\d+)/i.exec(
      line,
    );
    if (found === null) continue;
    locks.push({
      isWrite: found[1] === 'WRITE',
      pid: Number(found[2]),
      major: Number.parseInt(found[3] as string, 16),
      minor: Number.parseInt(found[4] as string, 16),
      ino: Number(found[5]),
    });
  }
  return locks;
}

/** How Linux packs a device number (glibc's gnu_dev_major and minor), for devices below 2^32. */
const majorOf = (dev: number): number => (dev >>> 8) & 0xfff;
const minorOf = (dev: number): number => (dev & 0xff) | ((dev >>> 12) & 0xfff00);

/** `ask`: for what /proc does not show; see linux-lease.ts. */
export function findHoldersOnLinux(
  path: string,
  withSelf = false,
  ask: (file: string) => LeaseAnswer = askForLease,
): HolderAnswer {
  const isSkipped = (pid: number): boolean => pid === process.pid && !withSelf;
  const files = identities(path);
  const byPid = new Map<number, { files: Set<string>; isWriting: boolean }>();
  const note = (pid: number, file: string, isWriting: boolean): void => {
    const entry = byPid.get(pid) ?? { files: new Set<string>(), isWriting: false };
    entry.files.add(file);
    entry.isWriting ||= isWriting;
    byPid.set(pid, entry);
  };

  let hidden = 0;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!(pid > 0) || isSkipped(pid)) continue;
    const open = openFiles(pid, files);
    if (open === null) hidden += mayWrite(pid, path) ? 1 : 0;
    else for (const file of open) note(pid, file, false);
  }
  for (const lock of locksNow()) {
    if (isSkipped(lock.pid)) continue;
    const file = files.find(
      ({ dev, ino }) => ino === lock.ino && majorOf(dev) === lock.major && minorOf(dev) === lock.minor,
    );
    // 0 and -1: a program outside of this container, or a lock that belongs to an open file rather than to a process.
    if (file !== undefined) note(Math.max(0, lock.pid), file.path, lock.isWrite);
  }
  const holders = [...byPid].map(
    ([pid, entry]): Holder => ({
      pid,
      name: pid === 0 ? 'a process' : linuxProcessName(pid),
      files: [...entry.files],
      isWriting: entry.isWriting,
    }),
  );
  if (holders.length > 0 || hidden === 0) return { state: holders.length > 0 ? 'held' : 'free', holders };
  return { state: stateByLease(files, ask), holders };
}

/**
 * Whose open files are hidden from us, and who could write this file: root, and where others may write it, everyone.
 */
function mayWrite(pid: number, path: string): boolean {
  try {
    return statSync(`/proc/${pid}`).uid === 0 || !isClosedToOthers(path);
  } catch {
    return false;
  }
}

/** One file that somebody has open is enough; one that cannot be asked about leaves it open. */
function stateByLease(files: readonly FileIdentity[], ask: (file: string) => LeaseAnswer): HolderAnswer['state'] {
  const answers = files.filter(({ ino }) => ino !== nowhere).map(({ path }) => ask(path));
  if (answers.includes('held')) return 'held';
  return answers.includes('unknown') ? 'unknown' : 'free';
}

/** True when this very process has the file open, through a probe of its own for instance. */
export function isOpenHere(path: string): boolean {
  return process.platform === 'linux' && (openFiles(process.pid, identities(path)) ?? []).length > 0;
}

function identities(path: string): FileIdentity[] {
  return parts.flatMap((part) => {
    const stat = statSync(path + part, { throwIfNoEntry: false });
    if (stat === undefined) return part === '' ? [{ path, dev: nowhere, ino: nowhere }] : [];
    return [{ path: path + part, dev: stat.dev, ino: stat.ino }];
  });
}

const nowhere = -1;

/**
 * Who had it open when it was deleted goes on with a file that has no name any more, and what he writes is lost with
 * him.
 */
const deletedName = ({ path, ino }: FileIdentity): string | null => (ino === nowhere ? `${path} (deleted)` : null);

/** null: another user's process, which does not show them; one that has just ended has none. */
function openFiles(pid: number, files: readonly FileIdentity[]): string[] | null {
  let descriptors: string[];
  try {
    descriptors = readdirSync(`/proc/${pid}/fd`);
  } catch (error) {
    return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '') ? null : [];
  }
  const found: string[] = [];
  for (const descriptor of descriptors) {
    const link = `/proc/${pid}/fd/${descriptor}`;
    try {
      const target = readlinkSync(link);
      if (!target.startsWith('/')) continue;
      const { dev, ino } = statSync(link);
      const file = files.find((one) => (one.ino === ino && one.dev === dev) || target === deletedName(one));
      if (file !== undefined) found.push(file.path);
    } catch {
      // Closed meanwhile.
    }
  }
  return found;
}

function locksNow(): LockLine[] {
  try {
    return parseLocks(readFileSync('/proc/locks', 'utf8'));
  } catch {
    return [];
  }
}
