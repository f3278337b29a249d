/**
 * Which other processes have a database open. What the system does not tell is unknown, and whoever asks treats that as
 * held.
 */
import type { HolderAnswer } from '../../contract/doctor/examination.ts';
import { isOnNetwork } from '../files/database-files.ts';
import { findHoldersOnLinux } from './linux.ts';
import { findHoldersOnMac } from './mac.ts';
import { findHoldersOnWindows } from './windows.ts';

/** Processes besides this one, unless asked for: a probe of ours keeps a swap waiting as well. `path` is resolved. */
export async function findHolders(path: string, withSelf = false): Promise<HolderAnswer> {
  return findHoldersNow(path, withSelf);
}

/**
 * The same for the moment right before a swap, in which nothing else may run. Only for threads: macOS takes a program
 * to ask.
 */
export function findHoldersNow(path: string, withSelf = false): HolderAnswer {
  const answer = onThisSystem(path, withSelf);
  // Other machines do not show; only Windows' servers keep account of who has a file of theirs open.
  return answer.state === 'free' && process.platform !== 'win32' && isOnNetwork(path)
    ? { state: 'unknown', holders: [] }
    : answer;
}

function onThisSystem(path: string, withSelf: boolean): HolderAnswer {
  if (process.platform === 'linux') return findHoldersOnLinux(path, withSelf);
  if (process.platform === 'darwin') return findHoldersOnMac(path);
  if (process.platform === 'win32') return findHoldersOnWindows(path);
  return { state: 'unknown', holders: [] };
}

/** Not told is not free. */
export const isFreeNow = (path: string): boolean => findHoldersNow(path, true).state === 'free';

/** Empty where the system does not say who. */
export const describeHolders = (answer: HolderAnswer): string =>
  answer.holders.map(({ name, pid }) => (pid === 0 ? name : `${name} (process ${pid})`)).join(', ');
