/**
 * Whether a data directory is ours alone. What others made, or can write into, may hold a link in the place of a file
 * of ours, a token that they know, or settings of their choice; so it is refused, with the reason and what helps. Where
 * modes mean nothing (Windows) the system keeps the user's folders from others by itself.
 */
import { type Dirent, lstatSync, mkdirSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { tightenFile } from './private-file.ts';

class FolderRefused extends Error {
  override readonly name = 'FolderRefused';
}

/** Chromium's own files, by the hundred, which it keeps by itself. */
const notOurs = new Set(['electron']);
/**
 * Copies of databases, with the owner and mode that the database had: both are kept for the undo, and closed in by
 * their folder.
 */
const copies = 'doctor';
const maxEntries = 20_000;
const groupOrOthersWrite = 0o022;
const othersWrite = 0o002;
const sticky = 0o1000;

/**
 * Makes it where it is not there; files of older versions that others could read are closed to them. @throws
 * FolderRefused
 */
export function makeDataDir(dataDir: string, user: number | undefined = process.getuid?.()): void {
  // What is made from here on is for this user alone. Threads have no say in it.
  if (isMainThread && user !== undefined) process.umask(0o077);
  makeFolders(dataDir);
  if (user === undefined) return;
  const folder = realpathSync(dataDir);
  checkAbove(folder, user);
  const stats = statSync(folder);
  if (stats.uid !== user)
    throw new FolderRefused(
      `it belongs to another user (${stats.uid}, and this is ${user}). Start the monitor as that user, or name another folder.`,
    );
  const wasOpen = (stats.mode & groupOrOthersWrite) !== 0;
  checkEntries(folder, user, wasOpen);
  if ((stats.mode & 0o077) !== 0) tightenFile(folder, stats);
}

/** One after the other: a recursive `mkdirSync` never ends below /proc. */
function makeFolders(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (found !== undefined) throw new FolderRefused(`${folder} is a file. Name a folder.`);
  if (dirname(folder) !== folder) makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another start may have made it in between.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function checkAbove(folder: string, user: number): void {
  const shared = dirname(folder) === folder ? undefined : findSharedFolder(dirname(folder), user);
  if (shared === undefined) return;
  const reason =
    shared.owner === undefined
      ? `others can write to the folder ${shared.folder}`
      : `the folder ${shared.folder} belongs to another user (${shared.owner})`;
  throw new FolderRefused(`${reason}. Take that right away, or name another folder.`);
}

/** A folder that others own, or may write to where there is no owner. */
interface SharedFolder {
  readonly folder: string;
  readonly owner?: number;
}

/** Where others can exchange what lies in a folder: there, or in one above. Undefined: they can't. */
export function findSharedFolder(folder: string, user: number): SharedFolder | undefined {
  for (let above = realpathSync(folder); ; above = dirname(above)) {
    const { uid, gid, mode } = statSync(above);
    // A group of one's own is common; root has to be strict. In a folder like /tmp only the owner of an entry may
    // rename it.
    const writers = user === 0 && gid !== 0 ? groupOrOthersWrite : othersWrite;
    if (uid !== 0 && uid !== user) return { folder: above, owner: uid };
    if ((mode & writers) !== 0 && (mode & sticky) === 0) return { folder: above };
    if (dirname(above) === above) return undefined;
  }
}

/**
 * Owner of everything is this user; in a folder that others could write to there are no links, which they might have
 * made, either.
 */
function checkEntries(folder: string, user: number, wasOpen: boolean): void {
  const waiting = [folder];
  let seen = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of entriesOf(next)) {
      if (next === folder && notOurs.has(entry.name)) continue;
      seen += 1;
      if (seen > maxEntries) return;
      const path = join(next, entry.name);
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined) continue;
      const isCopy = stats.isFile() && path.startsWith(join(folder, copies) + sep);
      if (!isCopy || wasOpen) refuseForeign(path, stats, user, wasOpen);
      if (stats.isDirectory()) waiting.push(path);
      const isTightened = stats.isDirectory() || (stats.isFile() && !isCopy);
      if (isTightened && (stats.mode & 0o077) !== 0) tightenFile(path, stats);
    }
  }
}

function refuseForeign(path: string, stats: Stats, user: number, wasOpen: boolean): void {
  if (stats.uid !== user)
    throw new FolderRefused(`${path} belongs to another user (${stats.uid}). Remove it, or name another folder.`);
  if (!wasOpen) return;
  if (stats.isSymbolicLink())
    throw new FolderRefused(`others could write to it, and ${path} is a link. Remove it, or name another folder.`);
  if (stats.isFile() && stats.nlink > 1)
    throw new FolderRefused(
      `others could write to it, and ${path} is a file with a second name. Remove it, or name another folder.`,
    );
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
