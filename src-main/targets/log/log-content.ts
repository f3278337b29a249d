/** The bytes of a log file by offset, packed ones unpacked, and the hashes by which content is known again. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import * as zlib from 'node:zlib';

export interface LogContent extends Disposable {
  readonly inode: string;
  readonly size: number;
  readonly modifiedMs: number;
  /** @returns bytes read; fewer at the end */
  read(into: Buffer, length: number, at: number): number;
}

export interface Fingerprint {
  readonly length: number;
  readonly hash: string;
}

const headBytes = 1_024;
const tailBytes = 256;
/** A packed log is unpacked as a whole. */
const maxUnpacked = 64 * 1_048_576;

/** Also by programs that can't be undone here: no lines are to be found in those bytes either. */
export const isPacked = (path: string): boolean => /\.(gz|zst|xz|bz2|lz4|lzma|z|zip|7z)$/i.test(basename(path));

/** @throws what the system says; `ENOTFILE` for a folder, a pipe or a device */
export function openContent(path: string): LogContent {
  // Opening a pipe would wait for whoever writes to it. Windows has no such flag, and no such pipes among its files.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return contentOf(file, () => closeSync(file));
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Of a file that is open. */
export function contentOf(file: number, close: () => void = () => {}): LogContent {
  const stats = fstatSync(file, { bigint: true });
  if (!stats.isFile()) throw Object.assign(new Error('It is not an ordinary file'), { code: 'ENOTFILE' });
  return {
    inode: `${stats.dev}:${stats.ino}`,
    size: Number(stats.size),
    modifiedMs: Number(stats.mtimeMs),
    read: (into, length, at) => readSync(file, into, 0, length, at),
    [Symbol.dispose]: close,
  };
}

/** @throws also where it is damaged, too large, or packed in a way that this system lacks */
export function openUnpacked(path: string): LogContent {
  using packed = openContent(path);
  const unzstd = (zlib as { zstdDecompressSync?: typeof zlib.gunzipSync }).zstdDecompressSync;
  const unpack = /gz$/i.test(path) ? zlib.gunzipSync : /zst$/i.test(path) ? unzstd : undefined;
  if (unpack === undefined) throw Object.assign(new Error('It cannot be unpacked here'), { code: 'ENOTSUP' });
  const plain = unpack(readFileSync(path), { maxOutputLength: maxUnpacked });
  const { inode, modifiedMs } = packed;
  return {
    inode,
    size: plain.length,
    modifiedMs,
    read: (into, length, at) => plain.copy(into, 0, at, at + length),
    [Symbol.dispose]: () => {},
  };
}

export const headOf = (content: LogContent, length = Math.min(headBytes, content.size)): Fingerprint =>
  hashOf(content, 0, length);

/** Of the bytes in front of `offset`. */
export const tailOf = (content: LogContent, offset: number, length = Math.min(tailBytes, offset)): Fingerprint =>
  hashOf(content, offset - length, length);

function hashOf(content: LogContent, at: number, length: number): Fingerprint {
  const buffer = Buffer.alloc(length);
  const got = content.read(buffer, length, at);
  return { length, hash: got < length ? '' : createHash('sha1').update(buffer).digest('base64').slice(0, 16) };
}

/** Whether these bytes go on where the ones with these fingerprints stopped. */
export function isContinuation(
  content: LogContent,
  { head, tail, offset }: { readonly head: Fingerprint; readonly tail: Fingerprint; readonly offset: number },
): boolean {
  return (
    content.size >= offset &&
    content.size >= head.length &&
    headOf(content, head.length).hash === head.hash &&
    tailOf(content, offset, tail.length).hash === tail.hash
  );
}
