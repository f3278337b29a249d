/**
 * Windows tells by refusing: a file that anybody has open cannot be opened for oneself alone. It does not say who has
 * it. Run under Wine, not on Windows itself; what the codes mean is tested everywhere.
 */
import { closeSync, constants, openSync } from 'node:fs';
import type { HolderAnswer } from '../../contract/doctor/examination.ts';

/** libuv's UV_FS_O_EXLOCK: opens with share mode 0. */
const forOneselfAlone = 0x10000000;

/** What one attempt to open a file for oneself alone tells. */
export type Attempt = 'free' | 'absent' | 'held' | 'unknown';

/** A sharing violation is EBUSY; a refusal by rights or attributes says nothing about other programs. */
export function attemptOf(code: string | undefined): Attempt {
  if (code === undefined) return 'free';
  if (code === 'ENOENT') return 'absent';
  return code === 'EBUSY' || code === 'ETXTBSY' ? 'held' : 'unknown';
}

function attempt(path: string): Attempt {
  try {
    closeSync(openSync(path, constants.O_RDWR | forOneselfAlone));
    return attemptOf(undefined);
  } catch (error) {
    return attemptOf((error as NodeJS.ErrnoException).code);
  }
}

/**
 * The database first: whoever has it open is not disturbed at the files beside it, which come and go with each commit.
 */
export function findHoldersOnWindows(path: string, tryAlone: (file: string) => Attempt = attempt): HolderAnswer {
  let isKnown = true;
  for (const part of ['', '-wal', '-shm', '-journal']) {
    const told = tryAlone(path + part);
    if (told === 'held') return { state: 'held', holders: [] };
    if (told === 'unknown') isKnown = false;
  }
  return { state: isKnown ? 'free' : 'unknown', holders: [] };
}
