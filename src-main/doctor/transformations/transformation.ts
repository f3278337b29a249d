/**
 * What a transfer or a program did to a database as a whole. Each kind is believed only where taking it back gives a
 * file whose header is right and names exactly as many pages as there then are.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { type DatabaseHeader, magic, readHeader } from '../sqlite-file/header.ts';
import { base64Magic, createBase64Decoder } from './base64.ts';
import { type Decoder, pieceBytes } from './decoder.ts';
import { isGzip, unpackHead } from './gzip.ts';
import { createLineEndDecoder } from './line-ends.ts';
import { findShift, missingBeforeEnd, type Shift } from './shift.ts';
import { createTextDecoder } from './text-encoding.ts';

export type Transformation =
  | { readonly kind: 'gzip' }
  | { readonly kind: 'base64' | 'line-ends' | 'text-encoding' }
  /** Something else comes before the database. */
  | { readonly kind: 'bytes-before'; readonly bytes: number }
  /** Bytes that are not UTF-8 were replaced by U+FFFD: what they were is gone. */
  | { readonly kind: 'text-replaced' }
  /** Bytes were lost or added in between, so that the pages behind them lie elsewhere. */
  | { readonly kind: 'shifted'; readonly shift: Shift }
  /** CR LF turned into LF: which line feeds those were is told where a page has only one. */
  | { readonly kind: 'line-ends-lost'; readonly missingBytes: number; readonly shift: Shift | null };

/** Those that cannot be taken back. */
export const isForGood = (one: Transformation): boolean =>
  one.kind === 'text-replaced' || (one.kind === 'line-ends-lost' && one.shift === null);

export const decoderOf = {
  base64: createBase64Decoder,
  'line-ends': createLineEndDecoder,
  'text-encoding': createTextDecoder,
} as const satisfies Readonly<Record<string, () => Decoder>>;

/** Bytes at the beginning in which a database is looked for. */
const headBytes = 65_536;

/** null: nothing of the kind, as with almost every file; those that look right are not read at all. */
export function findTransformation(path: string, sizeBytes: number, signal?: AbortSignal): Transformation | null {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(Math.min(headBytes, sizeBytes));
    readSync(file, head, 0, head.length, 0);
    const header = readHeader(head.subarray(0, 100));
    if (header === undefined || isPlausible(header, sizeBytes)) return null;
    if (isGzip(head)) return readHeader(unpackHead(head).subarray(0, 100))?.hasMagic === true ? { kind: 'gzip' } : null;
    for (const kind of kindsToTry(head)) if (isUndoneBy(file, decoderOf[kind](), signal)) return { kind };
    const start = head.indexOf(magic, 1, 'latin1');
    if (start > 0) {
      const inner = readHeader(head.subarray(start, start + 100));
      if (inner !== undefined && isPlausible(inner, sizeBytes - start)) return { kind: 'bytes-before', bytes: start };
    }
    if (startsLikeOne(head) && hasReplacements(file, signal)) return { kind: 'text-replaced' };
    const shift = findShift(path, head, signal);
    const missingBytes = shift?.missingBytes ?? missingBeforeEnd(path, header);
    if (missingBytes > 0 && (shift?.firstPage ?? null) === null && !hasCarriageReturns(file, signal))
      return { kind: 'line-ends-lost', missingBytes, shift };
    return shift === null ? null : { kind: 'shifted', shift };
  } finally {
    closeSync(file);
  }
}

/** The name alone, whatever became of the NUL behind it. */
const startsLikeOne = (head: Buffer): boolean => head.toString('latin1', 0, 15) === magic.slice(0, 15);

function kindsToTry(head: Buffer): (keyof typeof decoderOf)[] {
  if (head.toString('latin1', 0, base64Magic.length) === base64Magic) return ['base64'];
  return startsLikeOne(head) ? ['line-ends', 'text-encoding'] : [];
}

function isPlausible(header: DatabaseHeader, sizeBytes: number): boolean {
  const { pageSize, pageCount, hasMagic, implausible } = header;
  if (!hasMagic || pageSize === undefined || sizeBytes % pageSize !== 0) return false;
  const isCounted = pageCount > 0 && header.changeCounter === header.validFor;
  return implausible.every((field) => field === 'free pages') && (!isCounted || pageCount * pageSize <= sizeBytes);
}

/** The whole file once through; the first piece alone tells for almost all. */
function isUndoneBy(file: number, decoder: Decoder, signal: AbortSignal | undefined): boolean {
  const head: Buffer[] = [];
  let kept = 0;
  let total = 0;
  let read = 0;
  const take = (out: Buffer | null): boolean => {
    if (out === null) return false;
    total += out.length;
    if (kept < 100) head.push(Buffer.from(out.subarray(0, 100)));
    kept += Math.min(100, out.length);
    return true;
  };
  for (const piece of piecesOf(file)) {
    signal?.throwIfAborted();
    read += piece.length;
    if (!take(decoder.push(piece))) return false;
  }
  if (!take(decoder.end()) || total === read) return false;
  const header = readHeader(Buffer.concat(head).subarray(0, 100));
  return header !== undefined && isPlausible(header, total) && isCountExact(header, total);
}

/** Where the header's count of pages can be believed it has to be met. */
const isCountExact = ({ pageSize, pageCount, changeCounter, validFor }: DatabaseHeader, bytes: number): boolean =>
  changeCounter !== validFor || pageCount === 0 || pageCount * (pageSize ?? 0) === bytes;

/** Does CR LF stand anywhere? In a file of some size it does by chance. */
function hasCarriageReturns(file: number, signal: AbortSignal | undefined): boolean {
  let last = 0;
  for (const piece of piecesOf(file)) {
    signal?.throwIfAborted();
    if ((last === 0x0d && piece[0] === 0x0a) || piece.includes('\r\n', 0, 'latin1')) return true;
    last = piece.at(-1) ?? 0;
  }
  return false;
}

/** So many in one piece are no text of the database's own: it would hold other bytes above 127 as well. */
function hasReplacements(file: number, signal: AbortSignal | undefined): boolean {
  let found = 0;
  for (const piece of piecesOf(file)) {
    signal?.throwIfAborted();
    for (let at = 0; at < piece.length; at += 1) {
      if ((piece[at] as number) < 0x80) continue;
      const isReplacement = piece[at] === 0xef && piece[at + 1] === 0xbf && piece[at + 2] === 0xbd;
      if (isReplacement) found += 1;
    }
    return found > 8 && isAllUtf8(piece);
  }
  return false;
}

/** But for a character that the end of the piece cuts. */
function isAllUtf8(piece: Buffer): boolean {
  for (let cut = 0; cut < 4; cut += 1) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(piece.subarray(0, piece.length - cut));
      return true;
    } catch {
      // One byte less.
    }
  }
  return false;
}

export function* piecesOf(file: number): Generator<Buffer> {
  const piece = Buffer.allocUnsafe(pieceBytes);
  for (let at = 0; ; ) {
    const length = readSync(file, piece, 0, pieceBytes, at);
    if (length === 0) return;
    at += length;
    yield piece.subarray(0, length);
  }
}
