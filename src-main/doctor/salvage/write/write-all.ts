/**
 * The writing half of salvage: tables, evidence against their rows, free and unplaced pages, then everything that
 * hangs on the tables.
 */
import { runCreate } from '../../application-defined/run-create.ts';
import { pageType } from '../../sqlite-file/btree-page.ts';
import { compareWithBackup } from '../evidence/compare-with-backup.ts';
import { noteMissingTexts } from '../evidence/full-text-rowids.ts';
import { hearWitnesses } from '../evidence/hear-witnesses.ts';
import { indexSums } from '../evidence/indexes/index-sums.ts';
import { putAsideRowsOfOtherTables } from '../evidence/indexes/rows-of-other-tables.ts';
import { OverflowClaims } from '../evidence/overflow-claims.ts';
import { noteMissingBoxes } from '../evidence/rtree-rowids.ts';
import { witnesses } from '../evidence/witnesses.ts';
import { type OrderedTree, planApplicationTrees } from '../finish/application-trees.ts';
import { dropDuplicates } from '../finish/drop-duplicates.ts';
import { addViewsAndTriggers, buildIndexes, restoreSequences } from '../finish/finish-schema.ts';
import { mergeDoubtful } from '../finish/merge-doubtful.ts';
import {
  goneRowids,
  lostStretches,
  type MissingEvidence,
  missingRows,
  roomOnLostPages,
} from '../finish/missing-rows.ts';
import { addVirtualTables } from '../finish/virtual-tables.ts';
import type { Sequences } from '../place/internal-tables.ts';
import { nameIndexTrees } from '../place/name-index-trees.ts';
import { fitOf } from '../place/table-fit.ts';
import type { Placement } from '../place/table-pages.ts';
import type { Tree } from '../read/forest.ts';
import type { MissingRows, SalvageOptions, TableLoss } from '../salvage-types.ts';
import { shapeOfEntries } from '../schema/record-shape.ts';
import type { SchemaModel, TableModel } from '../schema/table-model.ts';
import type { Session } from '../session.ts';
import { TableWriter } from './table-writer.ts';
import { takeBackHabits } from './take-back.ts';
import type { Target } from './target.ts';
import { writeLostAndFound } from './write-lost-and-found.ts';
import { orderLeaves, writeTable } from './write-table.ts';

/** A table whose rows are written, and what speaks for and against their being all. */
interface Written extends Omit<MissingEvidence, 'fromBackup'> {
  readonly writer: TableWriter;
  confirmed: number;
  fromBackup: number | null;
}

export async function writeAll(
  session: Session,
  schema: SchemaModel,
  sequences: Sequences,
  target: Target,
  options: SalvageOptions,
  place: (indexTrees: ReadonlyMap<string, Tree>) => Placement,
): Promise<{ tables: TableLoss[]; lostAndFound: number; ordered: readonly OrderedTree[] }> {
  const { notes } = session;
  // Named index trees are taken before orphans are placed, so that they are nobody's orphans.
  const indexTrees = followNamedIndexes(session, schema);
  const placement = place(indexTrees);
  const claims = new OverflowClaims(session.map);
  const written = await writeTables(session, placement, indexTrees, sequences, claims, target);
  putAsideRowsOfOtherTables(written, notes);
  noteMissingTexts(written.map(({ writer }) => writer));
  noteMissingBoxes(written.map(({ writer }) => writer));
  const writers = new Map(written.map(({ writer }) => [writer.table, writer]));
  const lostAndFound = writeLostAndFound(session, target, [...writers.values()], placement);
  if (options.sources?.backup !== undefined)
    for (const one of written) compareOne(session, one, options.sources.backup);
  for (const writer of writers.values()) dropDuplicates(writer);
  if (options.includeDoubtful === true) for (const writer of writers.values()) mergeDoubtful(writer, notes);
  restoreSequences(schema, sequences, target);
  await buildIndexes(schema, writers, target, notes, (done, all) => session.pause('build indexes', done, all));
  // Before virtual tables: one that is made anew has other tables of these names.
  const room = roomOnLostPages(session, claims);
  const tables = written.map((one) =>
    lossOf(one, target, missingRows(session, one.writer, one, lostStretches(session, one), room)),
  );
  addVirtualTables(schema, target, notes);
  addViewsAndTriggers(schema, target, notes);
  noteUsedBeyondEnd(session);
  const ordered = written.flatMap(({ writer, pages, leaves }) =>
    planApplicationTrees(session, writer, { tree: pages.tree, leaves }, indexTrees),
  );
  target.putOwnTexts(schema);
  return { tables, lostAndFound, ordered };
}

function followNamedIndexes(session: Session, schema: SchemaModel): Map<string, Tree> {
  const { forest, map } = session;
  const trees = new Map<string, Tree>();
  const roots = new Set(forest.orphanRoots());
  for (const table of schema.tables)
    for (const index of table.indexes) {
      const { rootPage: root } = index;
      if (root === undefined || !roots.has(root) || map.owner[root] !== 0) continue;
      if (map.type[root] !== pageType.interiorIndex && map.type[root] !== pageType.leafIndex) continue;
      const shape = shapeOfEntries(table, index);
      if (fitOf(session, [root], shape) < 0) continue;
      const tree = forest.follow(root, false);
      tree.shape = shape;
      trees.set(index.name, tree);
    }
  return trees;
}

async function writeTables(
  session: Session,
  placement: Placement,
  indexTrees: Map<string, Tree>,
  sequences: Sequences,
  claims: OverflowClaims,
  target: Target,
): Promise<Written[]> {
  const { map } = session;
  const isLoose = (page: number): boolean => map.doubtOf(page) !== undefined && map.isReached[page] === 0;
  const written: Written[] = [];
  const total = placement.tables.reduce((sum, one) => sum + one.leaves.length, 0);
  let before = 0;
  // All tables come before any row: a side table must not take the name of one of the file's own.
  const created = placement.tables.filter(({ table }) => createTable(session, table, target));
  for (const pages of created) {
    const { table } = pages;
    const writer = new TableWriter(target, table);
    const leaves = orderLeaves(session, pages);
    // Pages that are in doubt and in no tree have no place among the others; they come after them.
    const loose = leaves.filter(isLoose);
    const placed = leaves.filter((page) => !isLoose(page));
    await nameIndexTrees(session, table, placed, placement.unnamedIndexTrees, indexTrees);
    const sums = table.indexes
      .map((index) => {
        const tree = indexTrees.get(index.name);
        return tree === undefined ? undefined : indexSums(table, index, tree, placed.length);
      })
      .filter((one) => one !== undefined);
    await writeTable(session, placed, writer, sums, claims, (done) =>
      session.pause('write rows', before + done, total),
    );
    await writeTable(session, loose, writer, [], claims, (done) =>
      session.pause('write rows', before + placed.length + done, total),
    );
    before += leaves.length;
    takeBackHabits(writer, leaves.length, session.notes);
    const pause = (): Promise<void> => session.pause('write rows', before, total);
    const findings = await hearWitnesses({ session, writer, leaves: placed, indexTrees, sums, pause }, witnesses);
    writer.release();
    target.checkpoint();
    const sequence = sequences.get(table.name.toLowerCase());
    written.push({
      writer,
      pages,
      leaves,
      findings,
      largestRowid: typeof sequence === 'number' ? sequence : undefined,
      confirmed: findings.confirmed,
      fromBackup: null,
    });
  }
  return written;
}

function createTable({ notes }: Session, { name, sql, standIn }: TableModel, target: Target): boolean {
  try {
    runCreate(target.db, standIn ?? sql);
    return true;
  } catch (error) {
    notes.push({
      kind: 'schema-damaged',
      message: `Table ${name} could not be created: ${(error as Error).message}.`,
      values: { name, detail: (error as Error).message },
    });
    return false;
  }
}

function compareOne(session: Session, one: Written, backup: string): void {
  const isGone = goneRowids(session, lostStretches(session, one), one.leaves);
  const compared = compareWithBackup(backup, one.writer.table, one.writer, isGone, session.notes);
  if (compared === undefined) return;
  one.fromBackup = compared.missing;
  one.confirmed = Math.max(one.confirmed, compared.same);
}

function lossOf({ writer, confirmed }: Written, target: Target, missing: MissingRows): TableLoss {
  return {
    table: writer.table.name,
    schemaFrom: writer.table.origin,
    certain: writer.certain,
    confirmed: Math.max(0, Math.min(confirmed, writer.certain)),
    doubtful: writer.doubtful,
    reasons: writer.reasons,
    deleted: writer.deleted,
    doubtfulTable: target.sideName('doubtful', writer.table),
    deletedTable: target.sideName('deleted', writer.table),
    missing,
    constraintFailures: writer.constraintFailures,
  };
}

function noteUsedBeyondEnd({ damaged, map, notes }: Session): void {
  let used = 0;
  for (let page = damaged.lastPage + 1; page <= map.count; page += 1) if (map.owner[page] !== 0) used += 1;
  if (used > 0)
    notes.push({
      kind: 'used-beyond-end',
      message: `${used} pages after the named end of the database were in use.`,
      values: { pages: used },
    });
}
