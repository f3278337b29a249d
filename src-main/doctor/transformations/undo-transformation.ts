/** Writes the database as it was before something happened to the file as a whole. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { yieldToMessages } from '../../workers/protocol.ts';
import { BtreePage } from '../sqlite-file/btree-page.ts';
import { FileBytes } from '../sqlite-file/file-bytes.ts';
import { RecordReader } from '../sqlite-file/record.ts';
import { unpack } from './gzip.ts';
import type { Shift } from './shift.ts';
import { decoderOf, piecesOf, type Transformation } from './transformation.ts';

export interface Undone {
  /** Pages in which bytes are missing or too many, and nobody can tell which: their rows are salvage's to judge. */
  readonly openPages: number;
}

/** @param to is made anew. Throws where the end of the file is not what its beginning promised. */
export async function undoTransformation(
  transformation: Transformation,
  from: string,
  to: string,
  signal?: AbortSignal,
): Promise<Undone> {
  switch (transformation.kind) {
    case 'gzip':
      await unpack(from, to, signal);
      return { openPages: 0 };
    case 'shifted':
      return { openPages: await putPagesInPlace(transformation.shift, 0, from, to, signal) };
    case 'line-ends-lost':
      if (transformation.shift === null) throw new Error('which line feeds were carriage returns as well is not known');
      return { openPages: await putPagesInPlace(transformation.shift, carriageReturn, from, to, signal) };
    case 'text-replaced':
      throw new Error('the bytes that were replaced are gone');
    default:
      await copyThrough(transformation, from, to, signal);
      return { openPages: 0 };
  }
}

const carriageReturn = 0x0d;

type Plain = Extract<Transformation, { kind: 'base64' | 'line-ends' | 'text-encoding' | 'bytes-before' }>;

async function copyThrough(how: Plain, from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx', 0o600);
    try {
      let skip = how.kind === 'bytes-before' ? how.bytes : 0;
      const decoder = how.kind === 'bytes-before' ? null : decoderOf[how.kind]();
      for (const piece of piecesOf(source)) {
        signal?.throwIfAborted();
        const kept = piece.subarray(Math.min(skip, piece.length));
        skip -= piece.length - kept.length;
        write(target, decoder === null ? kept : decoder.push(kept));
        await yieldToMessages();
      }
      if (decoder !== null) write(target, decoder.end());
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

function write(file: number, bytes: Buffer | null): void {
  if (bytes === null) throw new Error('the file is not of one kind to its end');
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done);
}

async function putPagesInPlace(
  shift: Shift,
  lostByte: number,
  from: string,
  to: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { pageSize, pageCount, runs, firstPage } = shift;
  using file = new FileBytes(from);
  const target = openSync(to, 'wx', 0o600);
  let openPages = 0;
  try {
    let run = 0;
    for (let page = 1; page <= pageCount; page += 1) {
      while (run < runs.length && page > (runs[run]?.last ?? 0)) run += 1;
      const here = runs[run];
      if (page === 1 && firstPage !== null) write(target, firstPage);
      else if (here !== undefined && page >= here.first)
        write(target, padded(file.copy((page - 1) * pageSize + here.offset, pageSize), pageSize));
      else {
        const between = { page, before: runs[run - 1], after: here };
        const whole = wholePage(file, shift, between, lostByte);
        if (whole === null) openPages += 1;
        write(target, whole ?? openPage(file, shift, between));
      }
      if (page % 256 === 0) {
        signal?.throwIfAborted();
        await yieldToMessages();
      }
    }
  } finally {
    closeSync(target);
  }
  return openPages;
}

interface Between {
  readonly page: number;
  readonly before: Shift['runs'][number] | undefined;
  readonly after: Shift['runs'][number] | undefined;
}

const padded = (bytes: Buffer, length: number): Buffer =>
  bytes.length === length ? bytes : Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]);

/** Is it the one page between two runs in which it must have happened? */
const isAlone = ({ page, before, after }: Between): boolean =>
  after !== undefined && after.first === page + 1 && (before === undefined ? page === 1 : before.last === page - 1);

/**
 * The page, where exactly one way to put it together tiles. Bytes that were lost are known only where nothing lay:
 * zeros.
 */
function wholePage(file: FileBytes, shift: Shift, between: Between, lostByte: number): Buffer | null {
  if (!isAlone(between)) return null;
  const { pageSize } = shift;
  const { page, before, after } = between;
  const [start, end] = [before?.offset ?? 0, after?.offset ?? 0];
  const bytes = file.copy((page - 1) * pageSize + start, pageSize + end - start);
  const surplus = bytes.length - pageSize;
  const parser = new BtreePage(pageSize);
  const record = new RecordReader(true);
  let found: Buffer | null = null;
  for (let at = 0; at <= Math.min(pageSize, bytes.length); at += 1) {
    if (lostByte === carriageReturn && (surplus !== -1 || bytes[at] !== 0x0a)) continue;
    const candidate =
      surplus > 0
        ? Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + surplus)])
        : Buffer.concat([bytes.subarray(0, at), Buffer.alloc(-surplus, lostByte), bytes.subarray(at)]);
    if (candidate.length !== pageSize || found?.equals(candidate)) continue;
    if (parser.parse(candidate, page, pageSize - shift.reserved, record) !== 'consistent') continue;
    if (surplus < 0 && lostByte === 0 && !isInGap(candidate, page, at, -surplus)) return null;
    if (found !== null) return null;
    found = candidate;
  }
  return found;
}

/** Between the pointers and the first cell: there no value lies. */
function isInGap(bytes: Buffer, page: number, at: number, length: number): boolean {
  const head = page === 1 ? 100 : 0;
  const isInterior = (bytes[head] as number) < 8;
  const pointersEnd = head + (isInterior ? 12 : 8) + 2 * bytes.readUInt16BE(head + 3);
  const content = bytes.readUInt16BE(head + 5) || 65_536;
  return at >= pointersEnd && at + length <= content;
}

/**
 * As much as can be said of the others: the end of the page, where the cells are, with its beginning. It must not pass
 * for whole, so its count of fragments becomes impossible; more than one such page in a row can't be placed, and is
 * left empty.
 */
function openPage(file: FileBytes, { pageSize }: Shift, between: Between): Buffer {
  if (!isAlone(between)) return Buffer.alloc(pageSize);
  const { page, before, after } = between;
  const head = page === 1 ? 100 : 0;
  const start = file.copy((page - 1) * pageSize + (before?.offset ?? 0), pageSize);
  const end = file.copy((page - 1) * pageSize + (after?.offset ?? 0), pageSize);
  if (start.length < pageSize || end.length < pageSize) return Buffer.alloc(pageSize);
  const isInterior = (start[head] as number) < 8;
  const pointersEnd = head + (isInterior ? 12 : 8) + 2 * start.readUInt16BE(head + 3);
  if (pointersEnd > pageSize) return Buffer.alloc(pageSize);
  const joined = Buffer.concat([start.subarray(0, pointersEnd), end.subarray(pointersEnd)]);
  joined[head + 7] = 0xff;
  return joined;
}
