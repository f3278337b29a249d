/** The writing half of salvage: tables, evidence against their rows, free pages, strays, then everything that hangs on the tables. */

import { fitOf, type Placement } from './assign-trees.ts';
import { compareWithBackup } from './backup-evidence.ts';
import { checkIndexes } from './check-indexes.ts';
import { addViewsAndTriggers, addVirtualTables, buildIndexes, restoreSequences } from './finish.ts';
import { indexSums } from './index-evidence.ts';
import { mixInDoubtful } from './mix-in.ts';
import { nameIndexTrees } from './name-index-trees.ts';
import { OverflowClaims } from './overflow-claims.ts';
import { verdictCode } from './page-map.ts';
import type { FoundSchema } from './read-schema.ts';
import { dropRepeats } from './repeats.ts';
import type { SalvageOptions, TableLoss } from './salvage-types.ts';
import type { SchemaModel, TableModel } from './schema-model.ts';
import { readSequences } from './sequences.ts';
import { PageVisitor, type Session } from './session.ts';
import { TableWriter } from './table-writer.ts';
import type { Target } from './target.ts';
import type { Tree } from './trees.ts';
import { orderLeaves, writeTable } from './write-table.ts';

interface Written {
  readonly writer: TableWriter;
  readonly hasHoles: boolean;
  readonly atMost: number | null;
  readonly holes: number;
  missing: number | undefined;
  confirmed: number;
  fromBackup: number | null;
}

export async function writeAll(
  session: Session,
  schema: SchemaModel,
  found: FoundSchema,
  target: Target,
  options: SalvageOptions,
  place: (tables: readonly TableModel[]) => Placement,
): Promise<{ tables: TableLoss[]; lostAndFound: number }> {
  const { map, forest, damaged, notes } = session;
  const sequences = readSequences(session, found.statements);
  const ignored = found.statements.filter((one) => /^sqlite_/i.test(one.name) && one.type === 'table');
  for (const one of ignored)
    if (one.rootPage !== undefined && map.isTree(one.rootPage) && map.owner[one.rootPage] === 0)
      forest.follow(one.rootPage, true);
  // Named index trees are taken before orphans are placed, so that they are nobody's orphans.
  const indexTrees = new Map<string, Tree>();
  const roots = new Set(forest.orphanRoots());
  for (const table of schema.tables)
    for (const index of table.indexes) {
      const root = index.rootPage;
      if (root === undefined || !roots.has(root) || map.owner[root] !== 0) continue;
      if (map.type[root] === 2 || map.type[root] === 10) indexTrees.set(index.name, forest.follow(root, false));
    }
  const placement = place(schema.tables);
  const claims = new OverflowClaims(map);
  const written = new Map<TableModel, Written>();
  const total = placement.tables.reduce((sum, one) => sum + one.leaves.length, 0);
  let before = 0;
  for (const pages of placement.tables) {
    const { table } = pages;
    try {
      target.db.prepare(table.sql).run();
    } catch (error) {
      notes.push({
        kind: 'schema-damaged',
        message: `Table ${table.name} could not be created: ${(error as Error).message}.`,
      });
      continue;
    }
    const writer = new TableWriter(target, table);
    const ordered = orderLeaves(session, pages);
    // Pages that are in doubt and in no tree have no place among the others; they come after them.
    const isLoose = (leaf: (typeof ordered)[number]): boolean => leaf.doubt !== undefined && !leaf.isReached;
    const leaves = ordered.filter((leaf) => !isLoose(leaf));
    const loose = ordered.filter(isLoose);
    await nameIndexTrees(session, table, leaves, placement.unnamedIndexTrees, indexTrees);
    const sums = table.indexes
      .map((index) => {
        const tree = indexTrees.get(index.name);
        return tree === undefined ? undefined : indexSums(table, index, tree, leaves.length);
      })
      .filter((one) => one !== undefined);
    await writeTable(session, leaves, writer, sums, claims, (done) =>
      session.pause('write rows', before + done, total),
    );
    await writeTable(session, loose, writer, [], claims, (done) =>
      session.pause('write rows', before + leaves.length + done, total),
    );
    before += ordered.length;
    writer.moveUnlikely();
    const findings = await checkIndexes(session, leaves, writer, sums, () =>
      session.pause('write rows', before, total),
    );
    target.checkpoint();
    const reachedHoles = pages.tree === undefined ? [] : pages.tree.holes;
    written.set(table, {
      writer,
      hasHoles: pages.hasHoles,
      holes: reachedHoles.filter(
        (hole) =>
          !fillsAny(
            session,
            hole,
            pages.leaves.map((leaf) => leaf.page),
          ),
      ).length,
      atMost: roomInHoles(
        session,
        reachedHoles,
        pages.leaves.map((leaf) => leaf.page),
      ),
      missing: findings.missing,
      confirmed: findings.confirmed,
      fromBackup: null,
    });
  }
  const writers = new Map([...written].map(([table, one]) => [table, one.writer]));
  const lostAndFound = writeFreeAndStray(session, target, [...writers.values()], placement);
  const { backup } = options.sources ?? {};
  if (backup !== undefined)
    for (const [table, one] of written) {
      const compared = compareWithBackup(backup, table, one.writer, notes);
      if (compared === undefined) continue;
      one.fromBackup = compared.missing;
      one.confirmed = Math.min(one.writer.certain, Math.max(one.confirmed, compared.same));
    }
  for (const writer of writers.values()) dropRepeats(writer);
  if (options.mixInDoubtful === true) for (const writer of writers.values()) mixInDoubtful(writer, notes);
  restoreSequences(schema, sequences, target);
  await buildIndexes(schema, writers, target, notes, (done, all) => session.pause('build indexes', done, all));
  addVirtualTables(schema, target, notes);
  addViewsAndTriggers(schema, target, notes);
  const losses = [...written.values()].map((one) => lossOf(one, target));
  if (damaged.lastPage < map.count) {
    const used = countBeyond(session);
    if (used > 0)
      notes.push({
        kind: 'used-beyond-end',
        message: `${used} pages after the named end of the database were in use.`,
      });
  }
  return { tables: losses, lostAndFound };
}

function lossOf(one: Written, target: Target): TableLoss {
  const { writer } = one;
  return {
    table: writer.table.name,
    schemaFrom: writer.table.origin,
    certain: writer.certain,
    confirmed: Math.max(0, Math.min(one.confirmed, writer.certain)),
    doubtful: writer.doubtful,
    reasons: writer.reasons,
    deleted: writer.deleted,
    doubtfulTable: target.sideName('doubtful', writer.table),
    deletedTable: target.sideName('deleted', writer.table),
    missing: {
      atLeast: Math.max(0, one.missing ?? 0, one.holes - writer.doubtful),
      atMost: one.atMost,
      fromIndexes: one.missing ?? null,
      fromBackup: one.fromBackup,
    },
    constraintFailures: writer.constraintFailures,
  };
}

/** Free pages hold deleted rows; what fits no table is lost and found. */
function writeFreeAndStray(
  session: Session,
  target: Target,
  writers: readonly TableWriter[],
  placement: Placement,
): number {
  const { map, reader, damaged } = session;
  const visitor = new PageVisitor(session);
  let lost = 0;
  const strays = new Set(placement.strays.map((leaf) => leaf.page));
  for (let number = 2; number <= map.count; number += 1) {
    const isDeleted = map.isFree[number] === 1 && map.owner[number] === 0;
    if (!isDeleted && !strays.has(number)) continue;
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

function fillsAny(session: Session, hole: { low: number; high: number }, pages: readonly number[]): boolean {
  return pages.some(
    (page) =>
      (session.map.low[page] as number) > hole.low &&
      (session.map.high[page] as number) <= hole.high &&
      session.map.cells[page] !== 0,
  );
}

/** Rowids that had room in the holes; null where a hole has no end. */
function roomInHoles(
  session: Session,
  holes: readonly { low: number; high: number }[],
  pages: readonly number[],
): number | null {
  let room = 0;
  for (const hole of holes) {
    if (!Number.isFinite(hole.low) || !Number.isFinite(hole.high)) return null;
    let used = 0;
    for (const page of pages)
      if ((session.map.low[page] as number) > hole.low && (session.map.high[page] as number) <= hole.high)
        used += session.map.cells[page] as number;
    room += Math.max(0, hole.high - hole.low - used);
  }
  return room;
}

function countBeyond(session: Session): number {
  let count = 0;
  for (let page = session.damaged.lastPage + 1; page <= session.map.count; page += 1)
    if (session.map.owner[page] !== 0) count += 1;
  return count;
}
