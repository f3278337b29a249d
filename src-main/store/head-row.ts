/**
 * One tick as bytes: the count, then the series numbers, then the values, little-endian: u32, u32[count], f64[count].
 * Only series that had a value are in it: missing is not zero, and NaN is a value that a source gave.
 */
const countBytes = 4;
const idBytes = 4;
const valueBytes = 8;

export interface HeadRow {
  readonly ids: Uint32Array;
  readonly values: Float64Array;
}

export function encodeHeadRow({ ids, values }: HeadRow): Buffer {
  const count = ids.length;
  const row = Buffer.allocUnsafe(countBytes + count * (idBytes + valueBytes));
  row.writeUInt32LE(count, 0);
  const valuesAt = countBytes + count * idBytes;
  for (let index = 0; index < count; index += 1) {
    row.writeUInt32LE(ids[index] as number, countBytes + index * idBytes);
    row.writeDoubleLE(values[index] as number, valuesAt + index * valueBytes);
  }
  return row;
}

export function decodeHeadRow(row: Buffer): HeadRow {
  const count = row.readUInt32LE(0);
  const valuesAt = countBytes + count * idBytes;
  if (row.length !== valuesAt + count * valueBytes)
    throw new Error(`A tick of ${count} samples can't have ${row.length} bytes`);
  const ids = new Uint32Array(count);
  const values = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    ids[index] = row.readUInt32LE(countBytes + index * idBytes);
    values[index] = row.readDoubleLE(valuesAt + index * valueBytes);
  }
  return { ids, values };
}
