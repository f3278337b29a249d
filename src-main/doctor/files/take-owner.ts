/**
 * Owner and mode by open files alone: a name can be made to lead elsewhere between looking and doing, and whoever runs
 * this may be root. Node can't open beside an open folder (no openat), so what remains is a folder whose owner renames
 * things in it: there root does not begin at all (`requireOwnFolder`), and anybody else could only be led to what is
 * theirs.
 */
import { closeSync, constants, fchmodSync, fchownSync, fstatSync, lstatSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import { findSharedFolder } from '../../platform/data-folder.ts';

const withoutLinks = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What is put in the place of a database must be as accessible as it was, also when by then only a copy can tell. */
export function takeOwnerOf(file: string, copy: string): void {
  const from = openSync(file, withoutLinks);
  try {
    const { mode, uid, gid } = fstatSync(from);
    const to = openSync(copy, withoutLinks);
    try {
      requireOurs(to, copy);
      try {
        fchownSync(to, uid, gid);
      } catch {
        // Only root may give files away; the file then belongs to whoever repaired it.
      }
      // After the owner: a mode that lets a program run as its owner must never meet another one.
      fchmodSync(to, (mode & 0o777) | 0o600);
      requireOurs(to, copy);
    } finally {
      closeSync(to);
    }
  } finally {
    closeSync(from);
  }
}

/** One ordinary file with one name, and that name still leads to it. */
function requireOurs(file: number, path: string): void {
  const { ino, dev, nlink, mode } = fstatSync(file);
  const named = lstatSync(path, { throwIfNoEntry: false });
  const isOrdinary = (mode & constants.S_IFMT) === constants.S_IFREG && nlink === 1;
  if (!isOrdinary || named?.ino !== ino || named.dev !== dev)
    throw new Error(`${path} is not the file that was made there: somebody else changes this folder`);
}

/** Root works in no folder in which another user can exchange files under its hands. */
export function requireOwnFolder(path: string, user: number | undefined = process.getuid?.()): Outcome<null> {
  const shared = user === 0 ? findSharedFolder(dirname(path), user) : undefined;
  if (shared === undefined) return ok(null);
  const { folder, owner } = shared;
  return owner === undefined
    ? failed('folder-shared/writable', { folder })
    : failed('folder-shared/owned', { folder, owner: String(owner) });
}
