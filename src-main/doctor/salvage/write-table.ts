/** Reads the pages of one table in key order and hands each row to its writer: to the table when nothing speaks against it, else aside. */

import type { DoubtReason } from '../../contract/doubts.ts';
import { cellFlaw } from '../sqlite-file/page-cells.ts';
import { clearMargin, type PlacedLeaf, type TablePages } from './assign-trees.ts';
import { compareKeys } from './compare-keys.ts';
import { addRow, type IndexSums } from './index-evidence.ts';
import type { OverflowClaims } from './overflow-claims.ts';
import { verdictCode } from './page-map.ts';
import { PageVisitor, type Session } from './session.ts';
import { fitOf } from './table-fit.ts';
import type { Key, TableWriter } from './table-writer.ts';

/** Leaves in key order, each with why its rows can't be certain. */
export function orderLeaves(session: Session, pages: TablePages): PlacedLeaf[] {
  const { map, damaged } = session;
  const judged = pages.leaves.map((leaf): PlacedLeaf => {
    const doubt = leaf.doubt ?? pageDoubt(session, leaf);
    return doubt === undefined ? leaf : { ...leaf, doubt };
  });
  function pageDoubt({ map: pagesMap, isFreelistWhole }: Session, leaf: PlacedLeaf): DoubtReason | undefined {
    if (pagesMap.verdict[leaf.page] === verdictCode.inconsistent) return 'page-inconsistent';
    if (damaged.lost.has(leaf.page)) return 'newer-version-lost';
    if (pagesMap.isFree[leaf.page] === 1 && isFreelistWhole) return 'page-also-free';
    const twin = pagesMap.twin[leaf.page] as number;
    if (twin !== 0 && isCopy(session, pages, leaf.page, twin)) return 'duplicate-key';
    return undefined;
  }
  if (pages.table.isWithoutRowid) return judged;
  judged.sort((a, b) => (map.low[a.page] as number) - (map.low[b.page] as number) || a.page - b.page);
  return judged.map((leaf, index) => {
    if (leaf.doubt !== undefined || map.cells[leaf.page] === 0) return leaf;
    // A copy at a wrong place repeats rowids of a page that fits its own place.
    for (const other of [judged[index - 1], judged[index + 1]]) {
      if (other === undefined || other.doubt !== undefined || map.cells[other.page] === 0) continue;
      const overlaps =
        (map.low[other.page] as number) <= (map.high[leaf.page] as number) &&
        (map.high[other.page] as number) >= (map.low[leaf.page] as number);
      if (overlaps && ((!leaf.isReached && other.isReached) || (!leaf.fits && other.fits)))
        return { ...leaf, doubt: 'duplicate-key' };
    }
    return leaf;
  });
}

export async function writeTable(
  session: Session,
  leaves: readonly PlacedLeaf[],
  writer: TableWriter,
  sums: readonly IndexSums[],
  claims: OverflowClaims,
  pause: (pages: number) => Promise<void>,
): Promise<void> {
  const { reader } = session;
  const { table } = writer;
  const visitor = new PageVisitor(session);
  let previousKey: { page: number; key: Key } | undefined;
  for (const [index, leaf] of leaves.entries()) {
    if (index % 128 === 0) await pause(index);
    if (!visitor.open(leaf.page)) continue;
    const { page, bytes } = visitor;
    previousKey = undefined;
    for (let cell = 0; cell < page.cellCount; cell += 1) {
      const start = page.payloadStart[cell] as number;
      const local = page.localLength[cell] as number;
      const isOverflowing = local < (page.payloadLength[cell] as number);
      if (isOverflowing) claims.begin(bytes[start + local - 1] ?? 0);
      const flaw = page.flaws[cell] as number;
      let doubt: DoubtReason | undefined = reader.read(page, bytes, cell, isOverflowing ? claims.visit : undefined);
      if (reader.record.count === 0) {
        if (leaf.doubt === undefined && page.verdict === 'few-bad-cells') writer.unreadableCells += 1;
        continue;
      }
      if (flaw !== 0) doubt ??= flaw === cellFlaw.outOfOrder ? 'out-of-order' : 'cell-malformed';
      doubt = leaf.doubt ?? doubt;
      const rowid = table.isWithoutRowid ? null : (page.rowids[cell] as number | bigint);
      if (doubt === undefined && isOverflowing && claims.isSuspect) doubt = 'overflow-broken';
      if (
        doubt === undefined &&
        rowid !== null &&
        !leaf.fits &&
        leaf.isReached &&
        !(rowid > leaf.low && rowid <= leaf.high)
      )
        doubt = 'out-of-order';
      const wrong = writer.decode(reader);
      doubt ??= wrong;
      if (table.isWithoutRowid && doubt === undefined && table.key.length > 0) {
        const key = writer.keyOfDecoded(null);
        if (previousKey !== undefined && compareKeys(previousKey.key.values, key.values, table.key) >= 0) {
          writer.moveOut(previousKey.key, 'out-of-order');
          doubt = 'out-of-order';
        }
        previousKey = { page: leaf.page, key };
      }
      if (doubt !== undefined) {
        writer.putAside('doubtful', doubt, leaf.page, cell, rowid);
        continue;
      }
      for (const sum of sums) addRow(sum, index, reader, rowid as number | bigint);
      writer.keep(rowid, leaf.page, cell);
      if (isOverflowing) {
        const rivals = claims.settle(writer, writer.keyOfDecoded(rowid));
        for (const rival of rivals) rival.writer.moveOut(rival.key, 'overflow-broken');
      }
    }
    reader.release();
  }
  writer.flush();
}

/**
 * Two pages with the same content, one of which was written to a wrong place. A page in a tree that the schema names is not doubted for a copy that
 * lies about in none, nor for one that looks less like a page of its tree.
 */
function isCopy(session: Session, { table, tree }: TablePages, page: number, twin: number): boolean {
  const { map, forest } = session;
  // A root takes over the content of the last child that is freed.
  if (map.isFree[twin] === 1) return page !== tree?.root;
  const own = map.owner[page] as number;
  const other = map.owner[twin] as number;
  if (other <= 0 || other === own || (own <= forest.namedTrees && other > forest.namedTrees)) return false;
  const rival = forest.trees[other - 1];
  const lead = fitOf(session, [page], table) - fitOf(session, [twin], rival?.shape ?? table);
  // Two small tables may well hold the same.
  const areBothRoots = page === tree?.root && twin === rival?.root;
  return areBothRoots ? lead < -clearMargin : lead <= clearMargin;
}
