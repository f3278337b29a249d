/**
 * Reads the pages of one table in key order and hands each row to its writer: to the table when nothing speaks against
 * it, else aside.
 */

import type { DoubtReason } from '../../../contract/doctor/doubts.ts';
import { cellFlaw } from '../../sqlite-file/page-cells.ts';
import { addRow, type IndexSums } from '../evidence/indexes/index-sums.ts';
import type { OverflowClaims } from '../evidence/overflow-claims.ts';
import { isAlsoFree, suspicionOf } from '../evidence/suspicion.ts';
import { clearMargin } from '../place/assign-trees.ts';
import { fitOf } from '../place/table-fit.ts';
import type { TablePages } from '../place/table-pages.ts';
import { verdictCode } from '../read/page-map.ts';
import { PageVisitor } from '../read/page-visitor.ts';
import { compareKeys } from '../schema/compare-keys.ts';
import type { Key } from '../schema/row-key.ts';
import type { Session } from '../session.ts';
import type { TableWriter } from './table-writer.ts';

/** Leaves in key order; notes in the page map why the rows of some can't be certain. */
export function orderLeaves(session: Session, pages: TablePages): number[] {
  const { map } = session;
  const leaves = [...pages.leaves];
  for (const page of leaves) {
    const doubt = map.doubtOf(page) ?? doubtOfPage(session, page);
    if (doubt !== undefined) map.setDoubt(page, doubt);
    else if (isAlsoFree(session, page) || isCopyOfAnother(session, pages, page)) {
      // In its place, and an index can tell whether its rows are this table's.
      const canBeHeard = map.fits[page] === 1 && map.isReached[page] === 1 && pages.table.indexes.length > 0;
      if (canBeHeard && !pages.table.isWithoutRowid) map.isSuspect[page] = 1;
      else map.setDoubt(page, suspicionOf(session, page));
    }
  }
  if (pages.table.isWithoutRowid) return leaves;
  leaves.sort((a, b) => (map.low[a] as number) - (map.low[b] as number) || a - b);
  const hasSoundRows = (page: number): boolean => map.doubtOf(page) === undefined && map.cells[page] !== 0;
  const copies: number[] = [];
  for (const [index, page] of leaves.entries()) {
    if (!hasSoundRows(page)) continue;
    // A copy at a wrong place repeats rowids of a page that fits its own place.
    const isCopied = [leaves[index - 1], leaves[index + 1]].some(
      (other) =>
        other !== undefined &&
        hasSoundRows(other) &&
        (map.low[other] as number) <= (map.high[page] as number) &&
        (map.high[other] as number) >= (map.low[page] as number) &&
        ((map.isReached[page] === 0 && map.isReached[other] === 1) || (map.fits[page] === 0 && map.fits[other] === 1)),
    );
    if (isCopied) copies.push(page);
  }
  for (const page of copies) map.setDoubt(page, 'duplicate-key');
  return leaves;
}

function doubtOfPage(session: Session, page: number): DoubtReason | undefined {
  const { map, damaged } = session;
  if (map.verdict[page] === verdictCode.inconsistent) return 'page-inconsistent';
  if (damaged.lost.has(page)) return 'newer-version-lost';
  return undefined;
}

function isCopyOfAnother(session: Session, pages: TablePages, page: number): boolean {
  const twin = session.map.twin[page] as number;
  return twin !== 0 && isCopy(session, pages, page, twin);
}

export async function writeTable(
  session: Session,
  leaves: readonly number[],
  writer: TableWriter,
  sums: readonly IndexSums[],
  claims: OverflowClaims,
  pause: (pages: number) => Promise<void>,
): Promise<void> {
  const { reader, map } = session;
  const { table } = writer;
  const visitor = new PageVisitor(session);
  let previousKey: { page: number; key: Key } | undefined;
  for (const [index, leaf] of leaves.entries()) {
    if (index % 128 === 0) await pause(index);
    if (!visitor.open(leaf)) continue;
    const { page, bytes } = visitor;
    const doubtOfLeaf = map.doubtOf(leaf);
    previousKey = undefined;
    for (let cell = 0; cell < page.cellCount; cell += 1) {
      const start = page.payloadStart[cell] as number;
      const local = page.localLength[cell] as number;
      const isOverflowing = local < (page.payloadLength[cell] as number);
      if (isOverflowing) claims.begin(bytes[start + local - 1] ?? 0);
      const flaw = page.flaws[cell] as number;
      let doubt: DoubtReason | undefined = reader.read(page, bytes, cell, isOverflowing ? claims.visit : undefined);
      if (reader.record.count === 0) {
        if (doubtOfLeaf === undefined && page.verdict === 'few-bad-cells') writer.unreadableCells += 1;
        continue;
      }
      if (flaw !== 0) doubt ??= flaw === cellFlaw.outOfOrder ? 'out-of-order' : 'cell-malformed';
      doubt = doubtOfLeaf ?? doubt;
      const rowid = table.isWithoutRowid ? null : (page.rowids[cell] as number | bigint);
      if (doubt === undefined && isOverflowing && claims.isSuspect) doubt = 'overflow-broken';
      if (
        doubt === undefined &&
        rowid !== null &&
        map.fits[leaf] === 0 &&
        map.isReached[leaf] === 1 &&
        !(rowid > (map.floor[leaf] as number) && rowid <= (map.ceiling[leaf] as number))
      )
        doubt = 'out-of-order';
      const isSound = doubt === undefined;
      const wrong = writer.decode(reader);
      doubt ??= wrong;
      if (isSound && writer.isOnlyForbidden) {
        writer.brokenRules.note(leaf, cell);
        // Its entries are in the indexes like those of any other.
        for (const sum of sums) addRow(sum, index, reader, rowid as number | bigint);
      }
      if (table.isWithoutRowid && doubt === undefined && table.key.length > 0) {
        const key = writer.keyOfDecoded(null);
        if (previousKey !== undefined && compareKeys(previousKey.key.values, key.values, table.key) >= 0) {
          writer.moveOut(previousKey.key, 'out-of-order');
          doubt = 'out-of-order';
        }
        previousKey = { page: leaf, key };
      }
      if (doubt !== undefined) {
        writer.putAside('doubtful', doubt, leaf, cell, rowid);
        continue;
      }
      for (const sum of sums) addRow(sum, index, reader, rowid as number | bigint);
      writer.keep(rowid, leaf, cell);
      if (isOverflowing) {
        const conflicting = claims.settle(writer, writer.keyOfDecoded(rowid));
        for (const other of conflicting) other.writer.moveOut(other.key, 'overflow-broken');
      }
    }
    reader.release();
  }
  writer.flush();
}

/**
 * Two pages with the same content, one of which was written to a wrong place. A page in a tree that the schema names
 * is not doubted for a copy that lies about in none, nor for one that looks less like a page of its tree.
 */
function isCopy(session: Session, { table, tree }: TablePages, page: number, twin: number): boolean {
  const { map, forest } = session;
  // A root takes over the content of the last child that is freed.
  if (map.isFree[twin] === 1) return page !== tree?.root;
  const own = map.owner[page] as number;
  const otherNumber = map.owner[twin] as number;
  if (otherNumber <= 0 || otherNumber === own || (own <= forest.namedTrees && otherNumber > forest.namedTrees))
    return false;
  const other = forest.trees[otherNumber - 1];
  const lead = fitOf(session, [page], table) - fitOf(session, [twin], other?.shape ?? table);
  // Two small tables may well hold the same.
  const areBothRoots = page === tree?.root && twin === other?.root;
  return areBothRoots ? lead < -clearMargin : lead <= clearMargin;
}
