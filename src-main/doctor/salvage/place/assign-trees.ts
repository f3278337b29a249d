/**
 * Finds the b-tree of each table: by the root page the schema names, else by what the rows look like and where they
 * fit.
 */

import type { DoubtReason } from '../../../contract/doctor/doubts.ts';
import { pageType } from '../../sqlite-file/btree-page.ts';
import type { Tree } from '../read/forest.ts';
import { type RecordShape, shapeOfEntries } from '../schema/record-shape.ts';
import { inferredTable, type TableModel } from '../schema/table-model.ts';
import type { Session } from '../session.ts';
import { fillsHole, isRoomFor } from './rowid-room.ts';
import { fitOf, shapeOf } from './table-fit.ts';
import type { Placement, TablePages } from './table-pages.ts';

/** Two fits closer than this are not told apart. */
export const clearMargin = 0.04;

export function followNamedTrees(session: Session, tables: readonly TableModel[]): Map<TableModel, Tree> {
  const { forest, map } = session;
  const trees = new Map<TableModel, Tree>();
  const roots = new Set(forest.orphanRoots());
  // A root that some page claims as its child waits: its number may be damaged.
  const named = tables.filter((table) => table.rootPage !== undefined);
  for (const isSecondRound of [false, true])
    for (const table of named) {
      const root = table.rootPage as number;
      if (trees.has(table) || (!isSecondRound && !roots.has(root))) continue;
      if (root > map.count || map.owner[root] !== 0 || !isKind(session, root, table)) continue;
      if (fitOf(session, [root], table) < 0) continue;
      const tree = forest.follow(root, !table.isWithoutRowid);
      tree.shape = table;
      trees.set(table, tree);
    }
  return trees;
}

function isKind(session: Session, page: number, table: TableModel): boolean {
  const type = session.map.type[page];
  if (!session.map.isTree(page)) return false;
  return table.isWithoutRowid
    ? type === pageType.leafIndex || type === pageType.interiorIndex
    : type === pageType.leafTable || type === pageType.interiorTable;
}

/** Places what no root reached. While the schema may lack tables, trees that fit none become tables of their own. */
export function placeOrphans(
  session: Session,
  tables: readonly TableModel[],
  trees: ReadonlyMap<TableModel, Tree>,
  indexTrees: ReadonlyMap<string, Tree>,
  isSchemaWhole: boolean,
  homeless: number,
): Placement {
  const { forest, map } = session;
  const placed = tables.map((table): TablePages => {
    const tree = trees.get(table);
    return { table, tree, leaves: [...(tree?.leaves ?? [])], holes: [...(tree?.holes ?? [])] };
  });
  const give = ({ leaves }: Tree, to: number[], doubt: DoubtReason | undefined): void => {
    for (const page of leaves) {
      to.push(page);
      if (doubt === undefined) continue;
      map.isReached[page] = 0;
      map.setDoubt(page, doubt);
    }
  };
  const orphans: Tree[] = [];
  forest.namedTrees = forest.trees.length;
  const follow = (page: number): void => {
    const isTable = map.type[page] === pageType.leafTable || map.type[page] === pageType.interiorTable;
    orphans.push(forest.follow(page, isTable));
  };
  for (const page of forest.orphanRoots()) if (map.owner[page] === 0) follow(page);
  for (let page = 1; page <= map.count; page += 1)
    if (map.isTree(page) && map.isLeaf(page) && map.owner[page] === 0 && map.isFree[page] === 0) follow(page);

  const unplacedLeaves: number[] = [];
  const unnamedIndexTrees: Tree[] = [];
  const candidates = orphans
    .map((tree) => ({ tree, pages: tree.leaves.filter((page) => map.cells[page] !== 0) }))
    .filter((one) => one.pages.length > 0)
    // Larger trees first: they tell their table most clearly.
    .sort((a, b) => b.pages.length - a.pages.length || a.tree.root - b.tree.root);
  const shapes = new Map<TablePages, string>();
  const entries = shapesOfOpenIndexes(tables, indexTrees);
  for (const { tree, pages } of candidates) {
    const scored = placed
      .filter((one) => one.table.isWithoutRowid !== tree.isTable && one.table.origin !== 'inferred')
      .map((one) => ({ one, fit: fitOf(session, pages, one.table) + (one.table.rootPage === tree.root ? 0.5 : 0) }))
      .filter((one) => one.fit > 0)
      .sort((a, b) => b.fit - a.fit);
    const open = scored.filter(
      ({ one }) => (one.tree === undefined || one.tree.holes.length > 0) && isRoomFor(session, one, tree),
    );
    // Rows of a table that can't be made may look just like those of another one: only a place that misses them counts.
    const best = homeless === 0 ? open[0] : open.find(({ one }) => fillsHole(session, one, tree));
    // A page of an index and one of a table without rowids are of one kind.
    const asIndex =
      tree.isTable || scored.length === 0 ? 0 : Math.max(0, ...entries.map((shape) => fitOf(session, pages, shape)));
    if (!tree.isTable && (scored.length === 0 || asIndex > (best ?? { fit: 0 }).fit + clearMargin)) {
      unnamedIndexTrees.push(tree);
      continue;
    }
    if (best !== undefined) {
      const second = Math.max(open[1]?.fit ?? 0, asIndex);
      const isClear = second === 0 || best.fit - second > clearMargin || fillsHole(session, best.one, tree);
      const isInUse = fillsHole(session, best.one, tree) || session.isFreelistWhole;
      const isBeyond = tree.root > session.damaged.lastPage;
      const doubt: DoubtReason | undefined = !isClear
        ? 'table-ambiguous'
        : isBeyond
          ? 'beyond-end'
          : isInUse
            ? undefined
            : 'page-unowned';
      give(tree, best.one.leaves, doubt);
      if (doubt === undefined) addAll(best.one.holes, tree.holes);
      continue;
    }
    // No source tells what this is: it becomes a table of its own, shared by all pages of that shape whose rowids
    // leave room.
    const isKnown = homeless === 0 && (isSchemaWhole || scored.length > 0);
    const shape = isKnown || !tree.isTable ? '' : shapeOf(session, pages);
    if (shape !== '') {
      const alike = placed.find(
        (one) => shapes.get(one) === shape && isRoomFor(session, { ...one, tree: undefined }, tree),
      );
      const isInUse = session.isFreelistWhole && tree.root <= session.damaged.lastPage;
      const leaves = alike?.leaves ?? [];
      give(tree, leaves, isInUse ? undefined : 'page-unowned');
      if (alike !== undefined) {
        addAll(alike.holes, tree.holes);
        continue;
      }
      const table = inferredTable(`table_${shapes.size + 1}`, shape.length, tree.root);
      const made: TablePages = { table, tree, leaves, holes: [...tree.holes] };
      shapes.set(made, shape);
      placed.push(made);
      continue;
    }
    const doubt: DoubtReason = tree.root > session.damaged.lastPage ? 'beyond-end' : 'page-unowned';
    if (scored[0] !== undefined) give(tree, scored[0].one.leaves, doubt);
    else addAll(unplacedLeaves, tree.leaves);
  }
  return { tables: placed, unplacedLeaves, unnamedIndexTrees };
}

/** Of the indexes that may have pages in no tree. */
const shapesOfOpenIndexes = (tables: readonly TableModel[], trees: ReadonlyMap<string, Tree>): RecordShape[] =>
  tables.flatMap((table) =>
    table.indexes.filter(({ name }) => trees.get(name)?.isWhole !== true).map((index) => shapeOfEntries(table, index)),
  );

/** Lists of pages are too long to be arguments. */
function addAll<T>(to: T[], more: readonly T[]): void {
  for (const one of more) to.push(one);
}
