/**
 * Indexes, and tables without rowids, whose order only the application knows: their entries are copied in the order in
 * which the damaged file had them. An index that has not an entry for each row can't be completed here; it is left out
 * and named, or where its table can't be without it, named as unproven.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { quoteName } from '../../quote-name.ts';
import { BtreePage } from '../../sqlite-file/btree-page.ts';
import { replaceIndexTree } from '../../sqlite-file/replace-index-tree.ts';
import type { Tree } from '../read/forest.ts';
import { PageVisitor } from '../read/page-visitor.ts';
import type { SqlValue } from '../read/sql-value.ts';
import { applicationCollation, type IndexModel, type KeyPart, type TableModel } from '../schema/table-model.ts';
import type { Session } from '../session.ts';
import type { TableWriter } from '../write/table-writer.ts';
import { CellList } from './cell-list.ts';

/** No name of a user's table: temporary tables hide those of the same name. */
const store = 'temp."hakgal: cells copied"';

/** Which cells of the damaged file become a tree of the new one, and where it grows. */
export interface OrderedTree {
  readonly root: number;
  readonly cells: CellList;
}

export function planApplicationTrees(
  session: Session,
  { table, target }: TableWriter,
  own: { readonly tree: Tree | undefined; readonly leaves: readonly number[] },
  indexTrees: ReadonlyMap<string, Tree>,
): OrderedTree[] {
  const planned: OrderedTree[] = [];
  const rows = target.db
    .prepare(`SELECT count(*) FROM ${quoteName(table.name)}`)
    .pluck()
    .get() as number;
  const rootOf = (type: string, name: string): number =>
    target.db
      .prepare('SELECT rootpage FROM sqlite_schema WHERE type = ? AND name = ?')
      .pluck()
      .get(type, name) as number;
  if (table.isWithoutRowid && isOrderedByApplication(table.key)) {
    const cells = cellsInOrder(session, own.tree, own.leaves, keptBy(session, target.db, table, table.fields));
    if (cells.length === rows) planned.push({ root: rootOf('table', table.name), cells });
    else noteUnproven(session, table.name);
  }
  for (const index of table.indexes.filter(({ isOfApplication }) => isOfApplication)) {
    const tree = indexTrees.get(index.name);
    const cells = cellsInOrder(session, tree, [], keptBy(session, target.db, table, fieldsOf(index, table), index));
    const isComplete = index.isPartial ? tree?.isWhole === true : cells.length === rows;
    if (index.sql === undefined) {
      if (isComplete) planned.push({ root: rootOf('index', index.name), cells });
      else noteUnproven(session, index.name);
      continue;
    }
    if (!isComplete) {
      session.notes.push({
        kind: 'index-left-out',
        message:
          `The index ${index.name} was damaged, and only its application can build it again; it was left out: ` +
          `${index.sql}`,
        values: { name: index.name },
      });
      continue;
    }
    // Its own text and its entries follow.
    target.db.exec(`CREATE INDEX ${quoteName(index.name)} ON ${quoteName(table.name)}(1) WHERE 0`);
    planned.push({ root: rootOf('index', index.name), cells });
  }
  return planned;
}

const isOrderedByApplication = (parts: readonly KeyPart[]): boolean =>
  parts.some(({ collation }) => collation === applicationCollation);

function noteUnproven({ notes }: Session, name: string): void {
  notes.push({
    kind: 'index-order-unproven',
    message: `Entries of ${name} were missing; whether its order is right only its application can tell (REINDEX).`,
    values: { name },
  });
}

/** Fields of an entry as columns of the table; -1 is the rowid. */
const fieldsOf = ({ fields }: IndexModel, { rowidColumn }: TableModel): number[] =>
  fields.map(({ column }) => (column === rowidColumn ? -1 : column));

/** Whether the reader's record is that of a row in the new table, each row once. */
function keptBy(
  { reader }: Session,
  db: TableWriter['target']['db'],
  table: TableModel,
  fields: readonly number[],
  index?: IndexModel,
): () => boolean {
  const keys = table.isWithoutRowid ? table.key.map(({ column }) => column) : [-1];
  const nameOf = (column: number): string =>
    column === -1 ? (table.rowidName as string) : quoteName((table.columns[column] as { name: string }).name);
  // The rowid comes last; of a table without rowids whichever field is the key's.
  const places = keys.map((key) => (index === undefined ? fields.indexOf(key) : fields.lastIndexOf(key)));
  const isFound = db.prepare(
    `SELECT 1 FROM ${quoteName(table.name)} WHERE ${keys.map((key) => `${nameOf(key)} IS ?`).join(' AND ')}`,
  );
  // In a temporary table: there may be millions.
  db.exec(
    `DROP TABLE IF EXISTS ${store}; CREATE TABLE ${store}(${places.map((_, at) => `k${at}`).join(', ')},
     PRIMARY KEY(${places.map((_, at) => `k${at}`).join(', ')})) WITHOUT ROWID`,
  );
  const isNew = db.prepare(`INSERT OR IGNORE INTO ${store} VALUES (${places.map(() => '?').join(', ')})`);
  return () => {
    if (reader.record.count < fields.length && index !== undefined) return false;
    const values = places.map(
      (place): SqlValue =>
        place < 0 ? null : reader.value(place, table.columns[fields[place] as number]?.affinity ?? 'INTEGER', true),
    );
    return isFound.get(...values) !== undefined && isNew.run(...values).changes === 1;
  };
}

/** Cells of the tree from its first key to its last, then those of pages that lie in no tree. */
function cellsInOrder(
  session: Session,
  tree: Tree | undefined,
  leaves: readonly number[],
  isKept: () => boolean,
): CellList {
  const { map, reader, source } = session;
  const cells = new CellList();
  const done = new Set<number>();
  const pages: { readonly page: BtreePage; readonly bytes: Buffer }[] = [];
  const take = (page: BtreePage, bytes: Buffer, number: number, cell: number): void => {
    if (page.flaws[cell] === 0 && reader.read(page, bytes, cell) === undefined && isKept()) cells.add(number, cell);
  };
  const visit = (number: number, depth: number): void => {
    if (tree === undefined || map.owner[number] !== tree.number || done.has(number) || depth > 20) return;
    done.add(number);
    pages[depth] ??= { page: new BtreePage(source.pageSize), bytes: Buffer.alloc(source.pageSize) };
    const { page, bytes } = pages[depth] as (typeof pages)[number];
    source.read(number)?.copy(bytes);
    page.parse(bytes, number, source.usable, reader.record);
    for (let cell = 0; cell < page.cellCount; cell += 1) {
      if (page.type < 8) visit(page.child[cell] as number, depth + 1);
      take(page, bytes, number, cell);
    }
    if (page.type < 8) visit(page.rightChild, depth + 1);
  };
  if (tree !== undefined) visit(tree.root, 0);
  const visitor = new PageVisitor(session);
  for (const leaf of leaves) {
    if (done.has(leaf) || !visitor.open(leaf)) continue;
    for (let cell = 0; cell < visitor.page.cellCount; cell += 1) take(visitor.page, visitor.bytes, leaf, cell);
  }
  return cells;
}

/** The new file is closed and nobody else knows it. */
export function writeApplicationTrees(
  session: Session,
  path: string,
  trees: readonly OrderedTree[],
  isAutoVacuum: boolean,
): void {
  if (trees.length === 0) return;
  const { source, reader } = session;
  const handle = openSync(path, 'r+');
  try {
    const visitor = new PageVisitor(session);
    for (const { root, cells } of trees)
      replaceIndexTree(
        { handle, pageSize: source.pageSize, usable: source.pageSize, isAutoVacuum },
        root,
        cells.payloads(visitor, reader),
      );
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
