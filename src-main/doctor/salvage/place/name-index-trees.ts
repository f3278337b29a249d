/** Finds out which index an unnamed tree is: its entries repeat values of the table's rows. */

import { hashRow, indexSums, readEntries } from '../evidence/indexes/index-sums.ts';
import type { Tree } from '../read/forest.ts';
import { PageVisitor } from '../read/page-visitor.ts';
import type { TableModel } from '../schema/table-model.ts';
import type { Session } from '../session.ts';

/** Rows of the first pages to compare with. */
const sampled = 300;

export async function nameIndexTrees(
  session: Session,
  table: TableModel,
  leaves: readonly number[],
  unnamed: readonly Tree[],
  named: Map<string, Tree>,
): Promise<void> {
  if (unnamed.length === 0) return;
  const open = table.indexes.filter((index) => !named.has(index.name));
  const taken = new Set(named.values());
  const free = unnamed.filter((tree) => !taken.has(tree));
  if (open.length === 0 || free.length === 0 || table.isWithoutRowid) return;
  const visitor = new PageVisitor(session);
  for (const index of open) {
    for (const tree of free) {
      if (taken.has(tree)) continue;
      const sums = indexSums(table, index, tree, 1);
      if (sums === undefined) break;
      const rows = new Map<number | bigint, number>();
      for (const leaf of leaves) {
        if (rows.size >= sampled) break;
        if (session.map.doubtOf(leaf) !== undefined || !visitor.open(leaf)) continue;
        for (let cell = 0; cell < visitor.page.cellCount; cell += 1) {
          if (visitor.page.flaws[cell] !== 0 || session.reader.read(visitor.page, visitor.bytes, cell) !== undefined)
            continue;
          const rowid = visitor.page.rowids[cell] as number | bigint;
          const hash = hashRow(session.reader, sums.fields, rowid);
          if (hash !== undefined) rows.set(rowid, hash);
        }
      }
      let agree = 0;
      let differ = 0;
      await readEntries(
        tree,
        session.reader,
        sums.fields.length,
        async () => {},
        (entry) => {
          const row = rows.get(entry.rowid);
          if (row === undefined) return;
          if (row === entry.hash) agree += 1;
          else differ += 1;
        },
      );
      if (agree > 0 && agree >= 9 * differ) {
        // Where the schema names another root, this is only a part of the index.
        if (index.rootPage !== undefined && index.rootPage !== tree.root) tree.isWhole = false;
        named.set(index.name, tree);
        taken.add(tree);
        break;
      }
    }
  }
}
