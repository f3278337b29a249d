/**
 * One series over one period as bytes: what is in it (count, minimum, maximum, sum, first, last), then its columns,
 * compressed, and a checksum over all. Pure and versioned: the first byte says how to read the rest.
 */
import { brotliCompressSync, brotliDecompressSync, constants, crc32 } from 'node:zlib';
import { ByteReader, ByteWriter } from './byte-stream.ts';
import { scaleOf } from './decimals.ts';
import { readNumbers, writeNumbers } from './numbers.ts';
import { readTimes, writeTimes } from './times.ts';

const version = 1;
const isCompressed = 128;
/** Shorter ones grow by compression. */
const worthCompressing = 24;

/** Times, ms since the epoch and strictly growing, and what was there at each: parallel arrays. */
export interface BlockContent {
  readonly at: Float64Array;
  readonly columns: readonly Float64Array[];
}

/** Of the first column; NaN does not take part. */
export interface BlockSummary {
  readonly count: number;
  /** Samples that are numbers; where it is 0, the five below are NaN. */
  readonly numbers: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly first: number;
  readonly last: number;
}

/** A block whose bytes are not what was written. */
export class DamagedBlock extends Error {
  override readonly name = 'DamagedBlock';
}

const writer = new ByteWriter();

/** @param base a time at or before the first; the same is needed for reading */
export function encodeBlock({ at, columns }: BlockContent, base: number, quality = 5): Buffer {
  writeTimes(writer, at, base);
  for (const column of columns) writeNumbers(writer, column);
  const plain = writer.take();
  const compressed = plain.length < worthCompressing ? plain : compress(plain, quality);
  const isSmaller = compressed.length < plain.length;
  writer.byte(version | (isSmaller ? isCompressed : 0));
  writer.byte(columns.length);
  writer.varint(at.length);
  writeSummary(summarize(columns[0] as Float64Array));
  writer.bytes(isSmaller ? compressed : plain);
  const body = writer.take();
  const block = Buffer.allocUnsafe(body.length + 4);
  block.set(body, 4);
  block.writeUInt32LE(crc32(body), 0);
  return block;
}

export function decodeBlock(block: Buffer, base: number): BlockContent {
  const reader = open(block);
  const { columnCount, summary, isPacked } = readHead(reader);
  const rest = reader.take(block.length - 4 - reader.position);
  const plain = new ByteReader(isPacked ? brotliDecompressSync(rest) : rest);
  const at = readTimes(plain, summary.count, base);
  return { at, columns: Array.from({ length: columnCount }, () => readNumbers(plain, summary.count)) };
}

/** Without looking at the samples. */
export const summaryOf = (block: Buffer): BlockSummary => readHead(open(block)).summary;

/** Whether the bytes are those that were written. */
export const isIntact = (block: Buffer): boolean =>
  block.length > 6 && crc32(block.subarray(4)) === block.readUInt32LE(0);

function open(block: Buffer): ByteReader {
  if (!isIntact(block)) throw new DamagedBlock('The checksum of a block does not match');
  const reader = new ByteReader(block.subarray(4));
  const found = (reader.bytes[0] as number) & ~isCompressed;
  if (found !== version) throw new DamagedBlock(`A block has version ${found}, which this app can't read`);
  return reader;
}

function readHead(reader: ByteReader): {
  readonly columnCount: number;
  readonly isPacked: boolean;
  readonly summary: BlockSummary;
} {
  const isPacked = (reader.byte() & isCompressed) !== 0;
  const columnCount = reader.byte();
  const count = reader.varint();
  const form = reader.byte();
  const numbers = form === noNumbers ? 0 : count - reader.varint();
  const figure = (): number => readFigure(reader);
  if (form === noNumbers) return { columnCount, isPacked, summary: { count, numbers, ...nothing } };
  const first = figure();
  if (form === allTheSame)
    return {
      columnCount,
      isPacked,
      summary: { count, numbers, min: first, max: first, sum: figure(), first, last: first },
    };
  return {
    columnCount,
    isPacked,
    summary: { count, numbers, first, last: figure(), min: figure(), max: figure(), sum: figure() },
  };
}

const noNumbers = 0;
const allTheSame = 1;
const variousNumbers = 2;
const nothing = { min: Number.NaN, max: Number.NaN, sum: 0, first: Number.NaN, last: Number.NaN } as const;

function writeSummary(summary: BlockSummary): void {
  const { count, numbers, min, max, sum, first, last } = summary;
  if (numbers === 0) {
    writer.byte(noNumbers);
    return;
  }
  const isSame = Object.is(min, max) && Object.is(min, first);
  writer.byte(isSame ? allTheSame : variousNumbers);
  writer.varint(count - numbers);
  for (const value of isSame ? [first, sum] : [first, last, min, max, sum]) writeFigure(value);
}

/** A short decimal as scale and whole number, anything else as the double itself. */
function writeFigure(value: number): void {
  const scale = scaleOf(value);
  writer.byte(scale === -1 ? 255 : scale);
  if (scale === -1) writer.double(value);
  else writer.signed(Math.round(value * 10 ** scale) + 0);
}

function readFigure(reader: ByteReader): number {
  const scale = reader.byte();
  return scale === 255 ? reader.double() : reader.signed() / 10 ** scale;
}

function summarize(values: Float64Array): BlockSummary {
  let numbers = 0;
  let sum = 0;
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [first, last] = [Number.NaN, Number.NaN];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (numbers === 0) first = value;
    numbers += 1;
    sum += value;
    last = value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return numbers === 0
    ? { count: values.length, numbers, ...nothing }
    : { count: values.length, numbers, min, max, sum, first, last };
}

function compress(bytes: Buffer, quality: number): Buffer {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      // A window as large as the block needs no more memory than that.
      [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(10, Math.ceil(Math.log2(bytes.length + 16)))),
    },
  });
}
