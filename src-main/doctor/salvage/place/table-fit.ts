/** Tells a table by what its rows look like, from a sample of them. */

import { pageType } from '../../sqlite-file/btree-page.ts';
import { verdictCode } from '../read/page-map.ts';
import { PageVisitor } from '../read/page-visitor.ts';
import { storageClass } from '../read/row-reader.ts';
import type { RecordShape } from '../schema/record-shape.ts';
import type { ColumnModel } from '../schema/table-model.ts';
import type { Session } from '../session.ts';

/** Rows looked at to tell a table by its shape. */
const sampleRows = 40;

/** How well records on these pages look like that: below 0 they can't be, up to about 1. */
export function fitOf(session: Session, pages: readonly number[], shape: RecordShape): number {
  const { reader, map } = session;
  const visitor = samplerOf(session);
  let rows = 0;
  let refused = 0;
  let score = 0;
  const step = Math.max(1, Math.floor(pages.length / 8));
  for (let index = 0; index < pages.length && rows < sampleRows; index += step) {
    const number = pages[index] as number;
    if (map.type[number] === pageType.interiorTable || !visitor.open(number)) continue;
    for (let cell = 0; cell < visitor.page.cellCount && rows < sampleRows; cell += 1) {
      if (visitor.page.flaws[cell] !== 0 || (visitor.page.localLength[cell] as number) < 1) continue;
      // The local part of a large row tells enough.
      const start = visitor.page.payloadStart[cell] as number;
      const local = visitor.page.localLength[cell] as number;
      const length = visitor.page.payloadLength[cell] as number;
      if (!reader.record.parse(visitor.bytes, start, length, local)) continue;
      reader.bytes = visitor.bytes;
      rows += 1;
      const one = rowFit(session, shape, start + local);
      if (one < 0) refused += 1;
      else score += one;
    }
  }
  if (rows === 0) return 0;
  return refused > rows / 10 ? -1 : score / rows;
}

function rowFit(session: Session, table: RecordShape, limit: number): number {
  const { reader } = session;
  const count = reader.record.count;
  if (count > table.fields.length || count < table.leastFields) return -1;
  let score = 0;
  for (let field = 0; field < count; field += 1) {
    const columnIndex = table.fields[field] as number;
    const column = table.columns[columnIndex] as ColumnModel;
    const type = reader.record.types[field] as number;
    if (columnIndex === table.rowidColumn) {
      if (type !== 0) return -1;
      score += 1;
      continue;
    }
    if (type === 0 && column.isNotNull) return -1;
    if (table.rowidFields?.has(field) && (type === 7 || type > 9)) return -1;
    const isHere = (reader.record.starts[field] as number) + (reader.record.lengths[field] as number) <= limit;
    if (!isHere) {
      score += 0.8;
      continue;
    }
    reader.value(field, column.affinity);
    if (reader.lastDoubt === 'impossible-type') return -1;
    const kind = reader.lastClass;
    const isNumber = kind === storageClass.integer || kind === storageClass.real;
    if (kind === storageClass.null) score += 0.7;
    else if (column.affinity === 'TEXT') score += kind === storageClass.text ? 1 : 0.3;
    else if (column.affinity === 'BLOB') score += kind === storageClass.blob ? 1 : 0.7;
    else score += isNumber ? (column.affinity === 'INTEGER' && kind === storageClass.real ? 0.6 : 1) : 0.2;
  }
  // Columns added later may be absent; more than a few absent ones speak against it.
  return Math.max(0.01, score - (table.fields.length - count) * 0.5) / Math.max(1, table.fields.length);
}

/** One letter a column: the storage class that most rows of the pages have there, NULLs apart. */
export function shapeOf(session: Session, pages: readonly number[]): string {
  const visitor = samplerOf(session);
  const { record } = session.reader;
  const seen: { n: number; t: number; b: number }[] = [];
  const step = Math.max(1, Math.floor(pages.length / 50));
  for (let index = 0; index < pages.length; index += step) {
    const number = pages[index] as number;
    if (session.map.verdict[number] === verdictCode.inconsistent || !visitor.open(number)) continue;
    const { page } = visitor;
    for (let cell = 0; cell < page.cellCount; cell += 1) {
      const [start, length, local] = [page.payloadStart, page.payloadLength, page.localLength].map(
        (list) => list[cell] as number,
      );
      const isSound =
        page.flaws[cell] === 0 && record.parse(visitor.bytes, start as number, length as number, local as number);
      if (!isSound) continue;
      for (let field = 0; field < Math.min(record.count, 1900); field += 1) {
        seen[field] ??= { n: 0, t: 0, b: 0 };
        const type = record.types[field] as number;
        if (type !== 0)
          (seen[field] as { n: number; t: number; b: number })[type < 12 ? 'n' : type % 2 === 1 ? 't' : 'b'] += 1;
      }
    }
  }
  return seen.map(({ n, t, b }) => (n + t + b === 0 ? '-' : n >= t && n >= b ? 'n' : t >= b ? 't' : 'b')).join('');
}

/** A page taken apart needs half a megabyte of room; thousands of orphans share one. */
const samplers = new WeakMap<Session, PageVisitor>();
function samplerOf(session: Session): PageVisitor {
  const present = samplers.get(session) ?? new PageVisitor(session);
  samplers.set(session, present);
  return present;
}
