/**
 * Times of samples, growing, ms, as bytes: the distances in runs, so that a steady interval takes a few bytes whatever
 * its length.
 */
import type { ByteReader, ByteWriter } from './byte-stream.ts';

export function writeTimes(writer: ByteWriter, times: Float64Array, base: number): void {
  writer.varint((times[0] as number) - base);
  let index = 1;
  while (index < times.length) {
    const step = (times[index] as number) - (times[index - 1] as number);
    let length = 1;
    while (
      index + length < times.length &&
      (times[index + length] as number) - (times[index + length - 1] as number) === step
    )
      length += 1;
    // Whole seconds are one number, anything else two.
    if (step % 1000 === 0) writer.varint((step / 1000) * 2);
    else writer.varint(step * 2 + 1);
    writer.varint(length);
    index += length;
  }
}

export function readTimes(reader: ByteReader, count: number, base: number): Float64Array {
  const times = new Float64Array(count);
  if (count === 0) return times;
  let at = base + reader.varint();
  times[0] = at;
  let index = 1;
  while (index < count) {
    const coded = reader.varint();
    const step = coded % 2 === 0 ? (coded / 2) * 1000 : (coded - 1) / 2;
    const length = reader.varint();
    if (length === 0 || index + length > count) throw new RangeError('The times of a block do not add up');
    for (const end = index + length; index < end; index += 1) {
      at += step;
      times[index] = at;
    }
  }
  return times;
}
