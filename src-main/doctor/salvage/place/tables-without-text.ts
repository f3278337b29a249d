/**
 * Tables that the schema names with their root, but whose CREATE text is cut: their rows are theirs, under made-up
 * columns.
 */
import { pageType } from '../../sqlite-file/btree-page.ts';
import type { Tree } from '../read/forest.ts';
import { inferredTable, type SchemaModel, type TableModel } from '../schema/table-model.ts';
import type { Session } from '../session.ts';
import { shapeOf } from './table-fit.ts';

export interface TablesWithoutText {
  readonly trees: ReadonlyMap<TableModel, Tree>;
  /** Tables of which not even the root is known: some tree may be theirs. */
  readonly homeless: number;
}

export function followTablesWithoutText(session: Session, { refused, tables }: SchemaModel): TablesWithoutText {
  const { forest, map } = session;
  const trees = new Map<TableModel, Tree>();
  const roots = new Set(forest.orphanRoots());
  const taken = new Set(tables.map(({ name }) => name.toLowerCase()));
  let homeless = 0;
  for (const { statement } of refused) {
    const { type, name, rootPage: root } = statement;
    if (type !== 'table' || taken.has(name.toLowerCase())) continue;
    const isTable =
      root !== undefined && (map.type[root] === pageType.leafTable || map.type[root] === pageType.interiorTable);
    if (root === undefined || !roots.has(root) || map.owner[root] !== 0 || !isTable) {
      homeless += 1;
      continue;
    }
    const tree = forest.follow(root, true);
    const table = inferredTable(name, shapeOf(session, tree.leaves).length, root);
    trees.set(table, tree);
    taken.add(name.toLowerCase());
  }
  return { trees, homeless };
}
