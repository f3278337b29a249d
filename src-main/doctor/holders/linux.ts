/** Open files from /proc/PID/fd, and locks from /proc/locks, which also names processes of other users. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { Holder, HolderAnswer } from '../../contract/doctor.ts';
import { linuxProcessName } from '../../platform/linux-process-name.ts';
import { parts } from '../files/database-files.ts';

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

/** Lines as `1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF`; a waiting lock has `->` after its number. Device numbers are hexadecimal. */
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

export function findHoldersOnLinux(path: string, withSelf = false): HolderAnswer {
  const isSkipped = (pid: number): boolean => pid === process.pid && !withSelf;
  const files = identities(path);
  const byPid = new Map<number, { files: Set<string>; isWriting: boolean }>();
  const note = (pid: number, file: string, isWriting: boolean): void => {
    const entry = byPid.get(pid) ?? { files: new Set<string>(), isWriting: false };
    entry.files.add(file);
    entry.isWriting ||= isWriting;
    byPid.set(pid, entry);
  };

  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!(pid > 0) || isSkipped(pid)) continue;
    for (const file of openFiles(pid, files)) note(pid, file, false);
  }
  for (const lock of locksNow()) {
    if (lock.pid <= 0 || isSkipped(lock.pid)) continue;
    const file = files.find(
      ({ dev, ino }) => ino === lock.ino && majorOf(dev) === lock.major && minorOf(dev) === lock.minor,
    );
    if (file !== undefined) note(lock.pid, file.path, lock.isWrite);
  }
  const holders = [...byPid].map(
    ([pid, entry]): Holder => ({
      pid,
      name: linuxProcessName(pid),
      files: [...entry.files],
      isWriting: entry.isWriting,
    }),
  );
  return { state: holders.length > 0 ? 'held' : 'free', holders };
}

/** True when this very process has the file open, through a probe of its own for instance. */
export function isOpenHere(path: string): boolean {
  return process.platform === 'linux' && openFiles(process.pid, identities(path)).length > 0;
}

function identities(path: string): FileIdentity[] {
  return parts.flatMap((part) => {
    const stat = statSync(path + part, { throwIfNoEntry: false });
    if (stat === undefined) return part === '' ? [{ path, dev: nowhere, ino: nowhere }] : [];
    return [{ path: path + part, dev: stat.dev, ino: stat.ino }];
  });
}

const nowhere = -1;

/** Who had it open when it was deleted goes on with a file that has no name any more, and what he writes is lost with him. */
const deletedName = ({ path, ino }: FileIdentity): string | null => (ino === nowhere ? `${path} (deleted)` : null);

function openFiles(pid: number, files: readonly FileIdentity[]): string[] {
  let descriptors: string[];
  try {
    descriptors = readdirSync(`/proc/${pid}/fd`);
  } catch {
    // Another user's process, or one that has just ended; its locks still show in /proc/locks.
    return [];
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
