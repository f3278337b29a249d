/**
 * The single steps of a swap. Each is a rename that keeps what was there under another name and then looks whether
 * anybody had opened that in the last moment: if so, it goes back to where its program believes it to be. Done twice,
 * each is done once, so that a crash in between is finished by doing it again.
 */
import { existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { syncFolderOf } from '../../files/exact-copy.ts';
import type { Contents } from '../operation/contents.ts';
import type { Sum } from '../operation/journal.ts';

export interface Deeds {
  /** `from` takes the place of `to`. @returns false when it could not stay there */
  moveOver(from: string, to: string, replaced: Kept, incoming: Sum | undefined): boolean;
  /** Nothing is left at `from`. @returns false when it had to go back */
  moveAway(from: string, kept: Kept): boolean;
  /** @returns false when there is something at `to` already */
  moveIntoNothing(from: string, to: string): boolean;
}

/** Where that which is replaced goes, and what it is if nobody has written to it. */
export interface Kept {
  readonly path: string;
  readonly sum: Sum | undefined;
}

/** @param isUnused nobody has the file open that lies at the path */
export function createDeeds(contents: Contents, isUnused: (path: string) => boolean): Deeds {
  const wasLeftAlone = ({ path, sum }: Kept): boolean =>
    !existsSync(path) || (contents.isSameBeside(path, sum) && isUnused(path));
  const rename = (from: string, to: string): void => {
    renameSync(from, to);
    syncFolderOf(to);
  };
  return {
    moveOver: (from, to, replaced, incoming) => {
      if (existsSync(from)) {
        if (existsSync(to)) keepAs(to, replaced.path);
        rename(from, to);
      }
      if (wasLeftAlone(replaced)) return true;
      // Where another program has begun on the new one as well, each keeps what it has; see `finish`.
      if (!contents.isSameBeside(to, incoming)) return false;
      if (existsSync(to)) keepAs(to, from);
      rename(replaced.path, to);
      return false;
    },
    moveAway: (from, kept) => {
      if (!existsSync(kept.path) && existsSync(from)) rename(from, kept.path);
      if (wasLeftAlone(kept)) return true;
      if (!existsSync(from)) rename(kept.path, from);
      return false;
    },
    moveIntoNothing: (from, to) => {
      if (!existsSync(from)) return true;
      if (existsSync(to) && !isOneFile(from, to)) return false;
      if (!existsSync(to) && !keepAs(from, to)) rename(from, to);
      rmSync(from, { force: true });
      syncFolderOf(to);
      return true;
    },
  };
}

/**
 * A second name for the same file. @returns false on file systems that have no such thing: what is replaced there can't
 * go back
 */
function keepAs(path: string, name: string): boolean {
  try {
    linkSync(path, name);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return isOneFile(path, name) || replaceName(path, name);
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code ?? '')) return false;
    throw error;
  }
}

function replaceName(path: string, name: string): boolean {
  rmSync(name);
  linkSync(path, name);
  return true;
}

export function isOneFile(one: string, other: string): boolean {
  const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
  return a.ino === b.ino && a.dev === b.dev;
}
