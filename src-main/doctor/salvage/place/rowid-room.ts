/** Where between a table's known pages the rowids of a lost tree would fit. */

import type { Tree } from '../read/forest.ts';
import type { Session } from '../session.ts';
import type { TablePages } from './table-pages.ts';

/** The table's known pages leave room for these rowids. */
export function isRoomFor(session: Session, pages: TablePages, tree: Tree): boolean {
  if (pages.table.isWithoutRowid) return true;
  const span = spanOf(session, tree.leaves);
  if (pages.tree !== undefined && !pages.tree.holes.some((hole) => span.low > hole.low && span.high <= hole.high))
    return false;
  return !pages.leaves.some((leaf) => {
    if (session.map.doubtOf(leaf) !== undefined || session.map.cells[leaf] === 0) return false;
    return (session.map.low[leaf] as number) <= span.high && (session.map.high[leaf] as number) >= span.low;
  });
}

/** A page is missing from the table just there. */
export function fillsHole(session: Session, pages: TablePages, tree: Tree): boolean {
  if (pages.tree === undefined || pages.table.isWithoutRowid) return false;
  const span = spanOf(session, tree.leaves);
  return pages.tree.holes.some(
    (hole) =>
      span.low > hole.low && span.high <= hole.high && (Number.isFinite(hole.low) || Number.isFinite(hole.high)),
  );
}

const spanOf = (session: Session, leaves: readonly number[]): { low: number; high: number } => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const leaf of leaves) {
    if (session.map.cells[leaf] === 0) continue;
    low = Math.min(low, session.map.low[leaf] as number);
    high = Math.max(high, session.map.high[leaf] as number);
  }
  return { low, high };
};
