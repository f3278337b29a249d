/** A database is up to four files. Which of them are there, resolved and checked before anything else looks at them. */
import {
  accessSync,
  constants,
  lstatSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';

export const parts = ['', '-wal', '-shm', '-journal'] as const;
export type Part = (typeof parts)[number];

export interface DatabaseFiles {
  /** Symlinks resolved: SQLite names its log and journal after the real file. */
  readonly path: string;
  /** Without `''` the database itself is missing; only `findDatabasePlace` answers that. */
  readonly sizes: Readonly<Partial<Record<Part, number>>>;
  readonly totalBytes: number;
  readonly isLink: boolean;
  /** Other names for the same file; a swap leaves them with the old content. */
  readonly hardLinks: number;
  readonly isOnNetwork: boolean;
}

/** Failures: `not-found`, `not-a-file` (directory, device, socket), `no-permission`. */
export function findDatabaseFiles(given: string): Outcome<DatabaseFiles> {
  const asked = resolve(given);
  let path: string;
  let stat: Stats;
  try {
    path = realpathSync(asked);
    stat = statSync(path);
  } catch (error) {
    return unreachable(asked, error as NodeJS.ErrnoException);
  }
  if (!stat.isFile()) return failed(stat.isDirectory() ? 'not-a-file/folder' : 'not-a-file', { path: asked });
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    return unreachable(asked, error as NodeJS.ErrnoException);
  }
  return ok({ path, ...sizesAt(path), isLink: lstatSync(asked).isSymbolicLink(), hardLinks: stat.nlink });
}

/**
 * The same, and where there is no file, the place where it would be: in a folder that exists, and not behind a link.
 */
export function findDatabasePlace(given: string): Outcome<DatabaseFiles> {
  const found = findDatabaseFiles(given);
  if (found.ok || found.failure.kind !== 'not-found') return found;
  const asked = resolve(given);
  try {
    if (lstatSync(asked, { throwIfNoEntry: false }) !== undefined) return found;
    const path = join(realpathSync(dirname(asked)), basename(asked));
    return ok({ path, ...sizesAt(path), isLink: false, hardLinks: 0 });
  } catch {
    return found;
  }
}

export const isMissing = ({ sizes }: Pick<DatabaseFiles, 'sizes'>): boolean => sizes[''] === undefined;

function sizesAt(path: string): Pick<DatabaseFiles, 'sizes' | 'totalBytes' | 'isOnNetwork'> {
  const sizes: Partial<Record<Part, number>> = {};
  for (const part of parts) {
    const found = statSync(path + part, { throwIfNoEntry: false });
    if (found?.isFile()) sizes[part] = found.size;
  }
  const totalBytes = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  return { sizes, totalBytes, isOnNetwork: isOnNetwork(path) };
}

function unreachable(path: string, error: NodeJS.ErrnoException): Outcome<never> {
  const target = error.code === 'ENOENT' ? linkTarget(path) : null;
  if (target !== null) return failed('not-found/link', { file: path, target });
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return failed('not-found', { file: path });
  if (error.code === 'EACCES' || error.code === 'EPERM') return failed('no-permission/read', { file: path });
  return failed('not-readable', { file: path, detail: error.message });
}

function linkTarget(path: string): string | null {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return null;
  }
}

/** statfs types of NFS, SMB, CIFS, SMB2 and 9p (linux/magic.h). Locks and renames there keep fewer promises. */
const networkTypes: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997]);

export function isOnNetwork(path: string): boolean {
  if (process.platform === 'win32') return path.startsWith('\\\\');
  try {
    return process.platform === 'linux' && networkTypes.has(statfsSync(dirname(path)).type >>> 0);
  } catch {
    return false;
  }
}

/** Bytes that this user may still write on the disk of `folder`; null where not told. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
