/**
 * Bodies as peers send them: packed by gzip, deflate, Brotli or zstd, in any charset. What comes out is bounded like
 * what goes in.
 */
import { Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';

/** The body is not what its head says. */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
}

// Node 20 has none.
const createZstd = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;

/** What this process can unpack, as `Accept-Encoding` names it. */
export const acceptedEncodings = createZstd === undefined ? 'gzip, deflate, br' : 'gzip, deflate, br, zstd';

function unpackerOf(encoding: string, first: Buffer): Transform | undefined {
  if (encoding === 'gzip' || encoding === 'x-gzip') return zlib.createGunzip();
  // Some peers leave out the two bytes that begin a zlib stream.
  if (encoding === 'deflate') return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
  if (encoding === 'br') return zlib.createBrotliDecompress();
  return encoding === 'zstd' ? createZstd?.() : undefined;
}

/**
 * Reads at most `maxBytes` of what comes out.
 * @param encoding `Content-Encoding`, in any case; several were applied from left to right
 * @throws UnreadableBody where it is something else, or packed in a way that this system lacks
 */
export async function unpackBody(
  body: AsyncIterable<Buffer>,
  encoding: string | undefined,
  maxBytes: number,
): Promise<{ readonly body: Buffer; readonly isCut: boolean }> {
  const steps = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((step) => step.trim())
    .filter((step) => step !== '' && step !== 'identity')
    .reverse();
  let plain = body;
  for (const step of steps) plain = unpacked(plain, step);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of plain) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) return { body: Buffer.concat(chunks).subarray(0, maxBytes), isCut: true };
  }
  return { body: Buffer.concat(chunks), isCut: false };
}

async function* unpacked(body: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  // An answer to HEAD and a 304 name the encoding of a body that does not come.
  if (first.done === true) return;
  const unpacker = unpackerOf(encoding, first.value);
  if (unpacker === undefined)
    throw new UnreadableBody(`The body is packed as ${encoding}, which cannot be unpacked here`);
  const source = Readable.from(
    (async function* () {
      yield first.value;
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
    })(),
  );
  source.on('error', (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  try {
    for await (const chunk of unpacker) yield chunk as Buffer;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (/^(Z_|ERR__?ERROR|ERR_.*FORMAT|ERR_PADDING|ZSTD_|ERR__ERROR)/.test(code))
      throw new UnreadableBody(`The body is not ${encoding}, though its head says so: ${message}`);
    throw error;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

/** A byte order mark outranks the head, and the head what the page says of itself. */
export function charsetOf(contentType: string | undefined, body: Buffer): string {
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  const named = /charset\s*=\s*["']?([^\s"';]+)/i;
  const ofHead = named.exec(contentType ?? '')?.[1];
  if (ofHead !== undefined) return ofHead;
  const beginning = body.subarray(0, 1_024).toString('latin1');
  const ofPage = /<meta[^>]{0,200}charset\s*=\s*["']?([^\s"';/>]+)/i.exec(beginning)?.[1];
  return ofPage ?? /^<\?xml[^>]{0,200}encoding\s*=\s*["']([^"']+)/i.exec(beginning)?.[1] ?? 'utf-8';
}

/** A charset that is not known is read as UTF-8; the byte order mark is dropped. */
export function decodeBody(body: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
