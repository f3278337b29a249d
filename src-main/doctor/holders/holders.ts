/** Which other processes have a database open. Where the system does not tell, that is the answer. */
import type { HolderAnswer } from '../../contract/doctor.ts';
import { findHoldersOnLinux } from './linux.ts';
import { findHoldersOnMac } from './mac.ts';

/** Processes besides this one, unless asked for: a probe of ours keeps a swap waiting as well. `path` is resolved. */
export async function findHolders(path: string, withSelf = false): Promise<HolderAnswer> {
  if (process.platform === 'linux') return findHoldersOnLinux(path, withSelf);
  if (process.platform === 'darwin') return findHoldersOnMac(path);
  // Windows refuses to rename over a file that is open: the swap itself finds out, and nothing is lost.
  return { state: 'unknown', holders: [] };
}

export const describeHolders = (answer: HolderAnswer): string =>
  answer.holders.map(({ name, pid }) => `${name} (process ${pid})`).join(', ');
