/** Copies a file byte by byte, hashing on the way, in pieces small enough to be cancelled between them. */
import { createHash } from 'node:crypto';
import { closeSync, constants, copyFileSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { yieldToMessages } from '../../workers/protocol.ts';

/** Large enough for the disk, small enough for memory and a quick cancel. */
const pieceBytes = 1024 * 1024;

export interface Watch {
  readonly signal?: AbortSignal;
  /** Bytes done since the last call. */
  readonly onBytes?: (bytes: number) => void;
}

/** SHA-256 of the file as it is on disk, hex. */
export async function hashFile(path: string, watch: Watch = {}): Promise<string> {
  return pass(path, undefined, watch);
}

/** The same at once, for the moment of a swap, in which nothing else may run. */
export function hashFileNow(path: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(pieceBytes);
  const file = openSync(path, 'r');
  try {
    for (let length = 1; length > 0; ) {
      length = readSync(file, piece, 0, pieceBytes, null);
      hash.update(piece.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** Writes `to` anew and makes it durable. Answers the SHA-256 of what was read. */
export async function copyAndHash(from: string, to: string, watch: Watch = {}): Promise<string> {
  return pass(from, to, watch);
}

async function pass(from: string, to: string | undefined, watch: Watch): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(pieceBytes);
  const source = openSync(from, 'r');
  try {
    const target = to === undefined ? undefined : openSync(to, 'wx', 0o600);
    try {
      for (;;) {
        watch.signal?.throwIfAborted();
        const length = readSync(source, piece, 0, pieceBytes, null);
        if (length === 0) break;
        hash.update(piece.subarray(0, length));
        if (target !== undefined) writeAll(target, piece, length);
        watch.onBytes?.(length);
        await yieldToMessages();
      }
      if (target !== undefined) fsyncSync(target);
    } finally {
      if (target !== undefined) closeSync(target);
    }
  } finally {
    closeSync(source);
  }
  return hash.digest('hex');
}

function writeAll(file: number, piece: Buffer, length: number): void {
  for (let done = 0; done < length; ) done += writeSync(file, piece, done, length - done);
}

/** A copy to work on: shares blocks where the file system can, and is durable only once its user says so. */
export function copyToWorkOn(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
}

export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes renames and removals in the folder durable; Windows has no such call and needs none. */
export function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
