/**
 * Files that only we may read, and that only we may have written: opened without following a link, judged by the open
 * file and not by its name. Windows keeps the user's folders from others by itself, and has none of these marks.
 */
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';

const isWindows = process.platform === 'win32';
const ownUser = process.getuid?.();
const maxBytes = 1_000_000;

/**
 * @returns its text; undefined where it is not there, is no ordinary file, or others own it, can write to it, or know
 * it by another name
 */
export function readPrivateFile(path: string): string | undefined {
  let file: number;
  try {
    // A pipe that somebody put there would be waited for.
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch {
    return undefined;
  }
  try {
    const { uid, mode, nlink, size } = fstatSync(file);
    const isFile = (mode & constants.S_IFMT) === constants.S_IFREG;
    if (!isFile || size > maxBytes) return undefined;
    if (!isWindows && (uid !== ownUser || nlink > 1 || (mode & 0o022) !== 0)) return undefined;
    if (!isWindows && (mode & 0o077) !== 0) fchmodSync(file, 0o600);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/**
 * Old or new, never half: a file of ours beside it, made exclusively, takes its name. A link under that name is
 * replaced, not followed.
 */
export function writePrivateFile(path: string, text: string): void {
  const fresh = `${path}.${process.pid}.new`;
  rmSync(fresh, { force: true });
  const file = openSync(
    fresh,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0),
    0o600,
  );
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
}

/** Takes every right from others, by the open file: only if it is the one that was looked at. */
export function tightenFile(path: string, { ino, dev }: { readonly ino: number; readonly dev: number }): void {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch {
    return;
  }
  try {
    const now = fstatSync(file);
    if (now.ino === ino && now.dev === dev) fchmodSync(file, now.mode & 0o700);
  } finally {
    closeSync(file);
  }
}
