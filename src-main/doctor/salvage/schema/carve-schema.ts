/**
 * Entries of sqlite_schema found by what their records look like, on a first page whose cells can't be followed any
 * more: five values, the first of them one of four words, the last a CREATE text.
 */
import { localPayload } from '../../sqlite-file/page-space.ts';
import { lastVarint, readVarint } from '../../sqlite-file/varint.ts';

/** Where a record begins and how long it is, so that it can be read like any other. */
export interface CarvedRecord {
  readonly start: number;
  readonly length: number;
  /** How much of it is on the page. */
  readonly local: number;
  /** First overflow page, 0 where all of it is here. */
  readonly overflow: number;
}

/** Serial types of the four words in one byte a letter and in two: view, table or index, trigger. */
const wordTypes = new Set([21, 23, 27, 29, 33, 41]);
const words = new Set(['table', 'index', 'view', 'trigger']);

export function carveSchemaRecords(bytes: Buffer, usable: number, from: number): CarvedRecord[] {
  const found: CarvedRecord[] = [];
  for (let start = from; start < usable - 12; start += 1) {
    const record = recordAt(bytes, start, usable);
    if (record === undefined) continue;
    found.push(record);
    start += record.local - 1;
  }
  // Cells are placed from the end of the page: what comes last was made first.
  return found.reverse();
}

function recordAt(bytes: Buffer, start: number, usable: number): CarvedRecord | undefined {
  const headerLength = bytes[start] as number;
  if (headerLength < 6 || headerLength > 20 || !wordTypes.has(bytes[start + 1] as number)) return undefined;
  const types: number[] = [];
  let at = start + 1;
  while (at < start + headerLength && types.length < 6) {
    types.push(readVarint(bytes, at, usable));
    if (lastVarint.end === -1) return undefined;
    at = lastVarint.end;
  }
  if (at !== start + headerLength || types.length !== 5) return undefined;
  const [word, name, table, root, sql] = types as [number, number, number, number, number];
  const isText = (type: number): boolean => type >= 13 && type % 2 === 1;
  if (!isText(name) || !isText(table) || root > 9 || (sql !== 0 && !isText(sql))) return undefined;
  if (!words.has(bytes.toString('latin1', at, at + sizeOf(word)).replaceAll('\0', ''))) return undefined;
  const length = headerLength + types.reduce((sum, type) => sum + sizeOf(type), 0);
  if (!Number.isFinite(length)) return undefined;
  const local = localPayload(length, usable, true);
  const end = start + local;
  if (end + (local < length ? 4 : 0) > usable) return undefined;
  return { start, length, local, overflow: local < length ? bytes.readUInt32BE(end) : 0 };
}

const integerSizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0];
const sizeOf = (type: number): number => (type < 12 ? (integerSizes[type] as number) : Math.floor((type - 12) / 2));
