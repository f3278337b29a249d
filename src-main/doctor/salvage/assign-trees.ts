/** Finds the b-tree of each table: by the root page the schema names, else by what the rows look like and where they fit. */
import { pageType } from '../sqlite-file/btree-page.ts';
import { verdictCode } from './page-map.ts';
import { storageClass } from './row-reader.ts';
import type { DoubtReason } from './salvage-types.ts';
import { inferredTable, type TableModel } from './schema-model.ts';
import { PageVisitor, type Session } from './session.ts';
import type { Hole, Leaf, Tree } from './trees.ts';

export interface PlacedLeaf extends Leaf {
  /** Why nothing on this page is certain. */
  readonly doubt?: DoubtReason;
}

export interface TablePages {
  readonly table: TableModel;
  readonly tree: Tree | undefined;
  readonly leaves: PlacedLeaf[];
  /** What its trees miss: more pages may belong here. */
  readonly holes: Hole[];
}

export interface Placement {
  readonly tables: readonly TablePages[];
  /** Leaves that fit no table. */
  readonly strays: readonly Leaf[];
  /** Index trees that nobody named. */
  readonly unnamedIndexTrees: readonly Tree[];
}

/** Rows looked at to tell a table by its shape. */
const sampleRows = 40;
/** Two shapes closer than this are not told apart. */
const clearMargin = 0.04;

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
      trees.set(table, forest.follow(root, !table.isWithoutRowid));
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
  isSchemaWhole: boolean,
): Placement {
  const { forest, map } = session;
  const placed = tables.map((table): TablePages => {
    const tree = trees.get(table);
    return { table, tree, leaves: [...(tree?.leaves ?? [])], holes: [...(tree?.holes ?? [])] };
  });
  const orphans: Tree[] = [];
  forest.namedTrees = forest.trees.length;
  const follow = (page: number): void => {
    const isTable = map.type[page] === pageType.leafTable || map.type[page] === pageType.interiorTable;
    orphans.push(forest.follow(page, isTable));
  };
  for (const page of forest.orphanRoots()) if (map.owner[page] === 0) follow(page);
  for (let page = 1; page <= map.count; page += 1)
    if (map.isTree(page) && map.isLeaf(page) && map.owner[page] === 0 && map.isFree[page] === 0) follow(page);

  const strays: Leaf[] = [];
  const unnamedIndexTrees: Tree[] = [];
  const candidates = orphans
    .map((tree) => ({ tree, pages: tree.leaves.filter((leaf) => map.cells[leaf.page] !== 0).map((leaf) => leaf.page) }))
    .filter((one) => one.pages.length > 0)
    // Larger trees first: they tell their table most clearly.
    .sort((a, b) => b.pages.length - a.pages.length || a.tree.root - b.tree.root);
  const shapes = new Map<TablePages, string>();
  for (const { tree, pages } of candidates) {
    const scored = placed
      .filter((one) => one.table.isWithoutRowid !== tree.isTable && one.table.origin !== 'inferred')
      .map((one) => ({ one, fit: fitOf(session, pages, one.table) + (one.table.rootPage === tree.root ? 0.5 : 0) }))
      .filter((one) => one.fit > 0)
      .sort((a, b) => b.fit - a.fit);
    const open = scored.filter(
      ({ one }) => (one.tree === undefined || one.tree.holes.length > 0) && isRoomFor(session, one, tree),
    );
    const best = open[0];
    if (best !== undefined) {
      const second = open[1];
      const isClear = second === undefined || best.fit - second.fit > clearMargin || fillsHole(session, best.one, tree);
      const isInUse = fillsHole(session, best.one, tree) || session.isFreelistWhole;
      const isBeyond = tree.root > session.damaged.lastPage;
      const doubt: DoubtReason | undefined = !isClear
        ? 'table-ambiguous'
        : isBeyond
          ? 'beyond-end'
          : isInUse
            ? undefined
            : 'page-unowned';
      for (const leaf of tree.leaves)
        best.one.leaves.push({ ...leaf, isReached: doubt === undefined, ...(doubt !== undefined && { doubt }) });
      if (doubt === undefined) best.one.holes.push(...tree.holes);
      continue;
    }
    if (!tree.isTable && scored.length === 0) {
      unnamedIndexTrees.push(tree);
      continue;
    }
    // No source tells what this is: it becomes a table of its own, shared by all pages of that shape whose rowids leave room.
    const shape = isSchemaWhole || scored.length > 0 || !tree.isTable ? '' : shapeOf(session, pages);
    if (shape !== '') {
      const alike = placed.find(
        (one) => shapes.get(one) === shape && isRoomFor(session, { ...one, tree: undefined }, tree),
      );
      const isInUse = session.isFreelistWhole && tree.root <= session.damaged.lastPage;
      const leaves = tree.leaves.map(
        (leaf): PlacedLeaf => (isInUse ? leaf : { ...leaf, isReached: false, doubt: 'page-unowned' }),
      );
      if (alike !== undefined) {
        alike.leaves.push(...leaves);
        alike.holes.push(...tree.holes);
        continue;
      }
      const table = inferredTable(shapes.size + 1, shape.length, false, tree.root);
      const made: TablePages = { table, tree, leaves, holes: [...tree.holes] };
      shapes.set(made, shape);
      placed.push(made);
      continue;
    }
    const doubt: DoubtReason = tree.root > session.damaged.lastPage ? 'beyond-end' : 'page-unowned';
    if (scored[0] !== undefined)
      for (const leaf of tree.leaves) scored[0].one.leaves.push({ ...leaf, isReached: false, doubt });
    else strays.push(...tree.leaves);
  }
  return { tables: placed, strays, unnamedIndexTrees };
}

const spanOf = (session: Session, leaves: readonly Leaf[]): { low: number; high: number } => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const leaf of leaves) {
    if (session.map.cells[leaf.page] === 0) continue;
    low = Math.min(low, session.map.low[leaf.page] as number);
    high = Math.max(high, session.map.high[leaf.page] as number);
  }
  return { low, high };
};

/** The table's known pages leave room for these rowids. */
function isRoomFor(session: Session, pages: TablePages, tree: Tree): boolean {
  if (pages.table.isWithoutRowid) return true;
  const span = spanOf(session, tree.leaves);
  if (pages.tree !== undefined && !pages.tree.holes.some((hole) => span.low > hole.low && span.high <= hole.high))
    return false;
  return !pages.leaves.some((leaf) => {
    if (leaf.doubt !== undefined || session.map.cells[leaf.page] === 0) return false;
    return (session.map.low[leaf.page] as number) <= span.high && (session.map.high[leaf.page] as number) >= span.low;
  });
}

/** A page is missing from the table just there. */
function fillsHole(session: Session, pages: TablePages, tree: Tree): boolean {
  if (pages.tree === undefined || pages.table.isWithoutRowid) return false;
  const span = spanOf(session, tree.leaves);
  return pages.tree.holes.some(
    (hole) =>
      span.low > hole.low && span.high <= hole.high && (Number.isFinite(hole.low) || Number.isFinite(hole.high)),
  );
}

/** A page taken apart needs half a megabyte of room; thousands of orphans share one. */
const samplers = new WeakMap<Session, PageVisitor>();
function samplerOf(session: Session): PageVisitor {
  const present = samplers.get(session) ?? new PageVisitor(session);
  samplers.set(session, present);
  return present;
}

/** How well rows on these pages look like the table's: below 0 they can't be, up to about 1. */
export function fitOf(session: Session, pages: readonly number[], table: TableModel): number {
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
      const one = rowFit(session, table, start + local);
      if (one < 0) refused += 1;
      else score += one;
    }
  }
  if (rows === 0) return 0;
  return refused > rows / 10 ? -1 : score / rows;
}

function rowFit(session: Session, table: TableModel, limit: number): number {
  const { reader } = session;
  const count = reader.record.count;
  if (count > table.fields.length) return -1;
  let score = 0;
  for (let field = 0; field < count; field += 1) {
    const columnIndex = table.fields[field] as number;
    const column = table.columns[columnIndex] as TableModel['columns'][number];
    const type = reader.record.types[field] as number;
    if (columnIndex === table.rowidColumn) {
      if (type !== 0) return -1;
      score += 1;
      continue;
    }
    if (type === 0 && column.isNotNull) return -1;
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
function shapeOf(session: Session, pages: readonly number[]): string {
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
