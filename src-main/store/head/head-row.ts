/**
 * One tick as bytes: checksum, count, then for each sample the distance of its series number to the one before and its
 * value: a short decimal as scale and whole number, anything else as the double itself. Only series that had a value
 * are in it: missing is not zero, and NaN is a value that a source gave.
 */
import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter } from '../codec/byte-stream.ts';
import { powersOfTen, scaleOf } from '../codec/decimals.ts';

export interface HeadRow {
  readonly ids: Uint32Array;
  readonly values: Float64Array;
}

const checksumBytes = 4;
const isDouble = 255;
const writer = new ByteWriter();

export function encodeHeadRow({ ids, values }: HeadRow): Buffer {
  for (let byte = 0; byte < checksumBytes; byte += 1) writer.byte(0);
  writer.varint(ids.length);
  let before = 0;
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] as number;
    const value = values[index] as number;
    writer.signed(id - before);
    before = id;
    const scale = scaleOf(value);
    writer.byte(scale === -1 ? isDouble : scale);
    if (scale === -1) writer.double(value);
    else writer.signed(Math.round(value * (powersOfTen[scale] as number)) + 0);
  }
  const row = writer.take();
  row.writeUInt32LE(crc32(row.subarray(checksumBytes)), 0);
  return row;
}

/** Throws RangeError where the bytes are not those that were written. */
export function decodeHeadRow(row: Buffer): HeadRow {
  if (row.length < checksumBytes || crc32(row.subarray(checksumBytes)) !== row.readUInt32LE(0))
    throw new RangeError('The checksum of a tick does not match');
  const reader = new ByteReader(row);
  reader.position = checksumBytes;
  const count = reader.varint();
  const ids = new Uint32Array(count);
  const values = new Float64Array(count);
  let before = 0;
  for (let index = 0; index < count; index += 1) {
    before += reader.signed();
    ids[index] = before;
    const scale = reader.byte();
    values[index] = scale === isDouble ? reader.double() : reader.signed() / (powersOfTen[scale] as number);
  }
  return { ids, values };
}
