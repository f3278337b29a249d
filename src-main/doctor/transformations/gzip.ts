/** A database inside gzip: its first bytes tell, and the whole is unpacked as a stream. */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, gunzipSync } from 'node:zlib';

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;

/** The first unpacked bytes; empty where they can't be unpacked. */
export function unpackHead(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

export async function unpack(from: string, to: string, signal?: AbortSignal): Promise<void> {
  const target = createWriteStream(to, { flags: 'wx', mode: 0o600 });
  await pipeline(createReadStream(from), createGunzip(), target, ...(signal === undefined ? [] : [{ signal }]));
}
