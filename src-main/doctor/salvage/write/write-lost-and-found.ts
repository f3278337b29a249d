/**
 * What belongs to no table that was written: rows on free pages were deleted once, and what fits no table is lost and
 * found.
 */

import { fitOf } from '../place/table-fit.ts';
import type { Placement } from '../place/table-pages.ts';
import { verdictCode } from '../read/page-map.ts';
import { PageVisitor } from '../read/page-visitor.ts';
import type { Session } from '../session.ts';
import type { TableWriter } from './table-writer.ts';
import type { Target } from './target.ts';

/** Returns how many rows are lost and found. */
export function writeLostAndFound(
  session: Session,
  target: Target,
  writers: readonly TableWriter[],
  placement: Placement,
): number {
  const { map, reader, damaged } = session;
  const visitor = new PageVisitor(session);
  let lost = 0;
  const unplacedLeaves = new Set(placement.unplacedLeaves);
  for (let number = 2; number <= map.count; number += 1) {
    const isDeleted = map.isFree[number] === 1 && map.owner[number] === 0;
    if (!isDeleted && !unplacedLeaves.has(number)) continue;
    if (!map.isTree(number) || !map.isLeaf(number) || map.cells[number] === 0) continue;
    const isTable = map.type[number] === 13;
    let best: TableWriter | undefined;
    let bestFit = 0;
    for (const writer of writers) {
      if (writer.table.isWithoutRowid === isTable) continue;
      const fit = fitOf(session, [number], writer.table);
      if (fit > bestFit) {
        bestFit = fit;
        best = writer;
      }
    }
    // Entries of indexes are no rows.
    if (best === undefined && !isTable) continue;
    if (!visitor.open(number)) continue;
    for (let cell = 0; cell < visitor.page.cellCount; cell += 1) {
      reader.read(visitor.page, visitor.bytes, cell);
      if (reader.record.count === 0) continue;
      const rowid = isTable ? (visitor.page.rowids[cell] as number | bigint) : null;
      if (best !== undefined && isDeleted && map.verdict[number] !== verdictCode.inconsistent) {
        best.decode(reader);
        best.putAside('deleted', 'free-page', number, cell, rowid);
        continue;
      }
      if (best !== undefined && !isDeleted) {
        best.decode(reader);
        best.putAside('doubtful', number > damaged.lastPage ? 'beyond-end' : 'page-unowned', number, cell, rowid);
        continue;
      }
      const values = Array.from({ length: Math.min(reader.record.count, 1900) }, (_, field) =>
        reader.value(field, 'BLOB', true),
      );
      target.lostRow(number, cell, typeof rowid === 'number' ? BigInt(rowid) : rowid, isDeleted, values);
      lost += 1;
    }
  }
  return lost;
}
