/**
 * A column of doubles as bytes that compress well. Pure; any double comes back bit for bit, but for the payload of a
 * NaN.
 *
 * form 0: all alike · form 1: whole numbers at a scale, what is left of them after prediction divided by its greatest
 * common divisor, as zigzag varints · form 2: the eight bytes of each double, changes against the one before, a plane a
 * byte. Bit 7 of the form says that places of NaN come first.
 */
import type { ByteReader, ByteWriter } from './byte-stream.ts';
import { powersOfTen, toWholes } from './decimals.ts';

const allAlike = 0;
const wholeNumbers = 1;
const bytePlanes = 2;
const hasNaN = 128;

export function writeNumbers(writer: ByteWriter, values: Float64Array): void {
  const present = values.some(Number.isNaN) ? values.filter((value) => !Number.isNaN(value)) : values;
  const flag = present === values ? 0 : hasNaN;
  const first = present[0];
  if (first === undefined || present.every((value) => Object.is(value, first))) {
    writer.byte(allAlike | flag);
    if (flag !== 0) writeNaNPlaces(writer, values);
    writer.double(first ?? 0);
    return;
  }
  const decimal = toWholes(present);
  writer.byte((decimal === undefined ? bytePlanes : wholeNumbers) | flag);
  if (flag !== 0) writeNaNPlaces(writer, values);
  if (decimal === undefined) writePlanes(writer, present);
  else writeWholes(writer, decimal.scale, decimal.wholes);
}

export function readNumbers(reader: ByteReader, count: number): Float64Array {
  const form = reader.byte();
  const isNaNAt = form & hasNaN ? readNaNPlaces(reader, count) : undefined;
  const present = isNaNAt === undefined ? count : count - isNaNAt.reduce((sum, one) => sum + one, 0);
  const values = readPresent(reader, form & ~hasNaN, present);
  if (isNaNAt === undefined) return values;
  let next = 0;
  return Float64Array.from({ length: count }, (_, index) => (isNaNAt[index] ? Number.NaN : (values[next++] as number)));
}

function readPresent(reader: ByteReader, form: number, count: number): Float64Array {
  if (form === allAlike) return new Float64Array(count).fill(reader.double());
  if (form === wholeNumbers) return readWholes(reader, count);
  if (form === bytePlanes) return readPlanes(reader, count);
  throw new RangeError(`There is no form ${form} of a column`);
}

/**
 * Orders of prediction: 0 the number itself, 1 its change, 2 the change of its change. Noise wants 0, drift 1, steady
 * counters 2.
 */
function writeWholes(writer: ByteWriter, scale: number, wholes: Float64Array): void {
  let best = wholes;
  let order = 0;
  let candidate = wholes;
  let bestCost = costOf(wholes);
  for (let next = 1; next <= 2; next += 1) {
    candidate = differences(candidate, next);
    const cost = costOf(candidate);
    if (cost < bestCost) [best, order, bestCost] = [candidate, next, cost];
  }
  // The first `order` numbers are seeds that need not share the divisor; noise gets its smallest number as seed.
  const base = order === 0 ? best.reduce((low, value) => Math.min(low, value), best[0] as number) : 0;
  let divisor = 0;
  for (let index = order; index < best.length && divisor !== 1; index += 1)
    divisor = greatestCommonDivisor(divisor, Math.abs((best[index] as number) - base));
  divisor ||= 1;
  writer.byte(scale * 4 + order);
  writer.signed(base);
  writer.varint(divisor);
  for (let index = 0; index < order; index += 1) writer.signed(best[index] as number);
  if (order === 0) for (const value of best) writer.varint((value - base) / divisor);
  else for (let index = order; index < best.length; index += 1) writer.signed((best[index] as number) / divisor);
}

function readWholes(reader: ByteReader, count: number): Float64Array {
  const head = reader.byte();
  const scale = head >> 2;
  const order = head & 3;
  const power = powersOfTen[scale];
  if (power === undefined || order > 2) throw new RangeError('A column names no scale or order that there is');
  const base = reader.signed();
  const divisor = reader.varint();
  const values = new Float64Array(count);
  let value = 0;
  let change = 0;
  for (let index = 0; index < count; index += 1) {
    if (order === 0) value = base + reader.varint() * divisor;
    else {
      const rest = index < order ? reader.signed() : reader.signed() * divisor;
      if (order === 1 || index === 0) value += rest;
      else {
        change += rest;
        value += change;
      }
    }
    values[index] = value / power;
  }
  return values;
}

/** Differences of the numbers that have as many before them as the order wants; the seeds stay as they were. */
function differences(values: Float64Array, order: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1)
    result[index] =
      index < order ? (values[index] as number) : (values[index] as number) - (values[index - 1] as number);
  return result;
}

/** Bits that the numbers want, about, around their first one. */
function costOf(values: Float64Array): number {
  const middle = values[Math.floor(values.length / 2)] as number;
  let cost = 0;
  let before = 0;
  for (const value of values) {
    const off = Math.abs(value) < Math.abs(value - middle) ? Math.abs(value) : Math.abs(value - middle);
    // Repeats cost next to nothing after compression.
    cost += value === before ? 0.2 : Math.log2(off + 1) + 1.5;
    before = value;
  }
  return cost;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [large, small] = [a, b];
  while (small !== 0) [large, small] = [small, large % small];
  return large;
}

function writePlanes(writer: ByteWriter, values: Float64Array): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let plane = 0; plane < 8; plane += 1) {
    let before = 0;
    for (let at = plane; at < bytes.length; at += 8) {
      writer.byte((bytes[at] as number) ^ before);
      before = bytes[at] as number;
    }
  }
}

function readPlanes(reader: ByteReader, count: number): Float64Array {
  const values = new Float64Array(count);
  const bytes = new Uint8Array(values.buffer);
  const planes = reader.take(count * 8);
  for (let plane = 0; plane < 8; plane += 1) {
    let before = 0;
    for (let index = 0; index < count; index += 1) {
      before ^= planes[plane * count + index] as number;
      bytes[index * 8 + plane] = before;
    }
  }
  return values;
}

/** Lengths of runs, numbers and NaN by turns, beginning with numbers. */
function writeNaNPlaces(writer: ByteWriter, values: Float64Array): void {
  const runs: number[] = [];
  let isNaNRun = false;
  let length = 0;
  for (const value of values) {
    if (Number.isNaN(value) !== isNaNRun) {
      runs.push(length);
      length = 0;
      isNaNRun = !isNaNRun;
    }
    length += 1;
  }
  runs.push(length);
  writer.varint(runs.length);
  for (const run of runs) writer.varint(run);
}

function readNaNPlaces(reader: ByteReader, count: number): Uint8Array {
  const places = new Uint8Array(count);
  const runs = reader.varint();
  let at = 0;
  for (let run = 0; run < runs; run += 1) {
    const length = reader.varint();
    if (run % 2 === 1) places.fill(1, at, at + length);
    at += length;
  }
  if (at !== count) throw new RangeError('The places of NaN do not add up');
  return places;
}
