/**
 * Reads a damaged database page by page and writes what it holds into a fresh one. Runs inside a worker: file access
 * is synchronous.
 */
import { existsSync, rmSync } from 'node:fs';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import { yieldToMessages } from '../../workers/protocol.ts';
import { RecordReader } from '../sqlite-file/record.ts';
import { writeApplicationTrees } from './finish/application-trees.ts';
import { followNamedTrees, placeOrphans } from './place/assign-trees.ts';
import { takeInternalTables } from './place/internal-tables.ts';
import { followTablesWithoutText } from './place/tables-without-text.ts';
import { findFreePages } from './read/find-free-pages.ts';
import { Forest } from './read/forest.ts';
import { inferEncoding } from './read/infer-encoding.ts';
import { type Damaged, openDamaged } from './read/open-damaged.ts';
import { scanPages } from './read/page-map.ts';
import { RowReader } from './read/row-reader.ts';
import type { SalvageOptions, SalvagePhase, SalvageReport } from './salvage-types.ts';
import { buildSchema } from './schema/build-schema.ts';
import { findSchema } from './schema/find-schema.ts';
import type { SchemaModel } from './schema/table-model.ts';
import type { Session } from './session.ts';
import { Target } from './write/target.ts';
import { writeAll } from './write/write-all.ts';

/**
 * Expected failures: `not-readable`, `nothing-found` (no page of any SQLite table), `encrypted`, `target-exists`,
 * `disk-full`. Rejects with the signal's reason when cancelled.
 */
export async function salvage(options: SalvageOptions): Promise<Outcome<SalvageReport>> {
  options.signal?.throwIfAborted();
  if (existsSync(options.into)) return failed('target-exists', { file: options.into });
  const opened = openDamaged(options.path);
  if (!opened.ok) return opened;
  const damaged = opened.value;
  let isDone = false;
  try {
    const report = await run(damaged, options);
    isDone = report.ok;
    return report;
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'SQLITE_FULL' || code === 'ENOSPC') return failed('disk-full/salvage', { file: options.into });
    throw error;
  } finally {
    for (const file of damaged.files) file[Symbol.dispose]();
    if (!isDone) for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(options.into + suffix, { force: true });
  }
}

async function run(damaged: Damaged, options: SalvageOptions): Promise<Outcome<SalvageReport>> {
  const { source, header, isHeaderTrusted, notes } = damaged;
  const pause = async (phase: SalvagePhase, done: number, total: number): Promise<void> => {
    options.onProgress?.({ phase, done, total });
    await yieldToMessages();
    options.signal?.throwIfAborted();
  };
  const hasByteBooleans = !isHeaderTrusted || (header?.schemaFormat ?? 4) < 4;
  const map = await scanPages(source, new RecordReader(hasByteBooleans), (done) =>
    pause('read pages', done, source.pageCount),
  );
  let trees = 0;
  for (let page = 1; page <= map.count; page += 1)
    if (map.isTree(page) && (page === 1 || (map.cells[page] as number) > 0)) trees += 1;
  if (trees === 0) return failed('nothing-found', { file: options.path });
  const named = isHeaderTrusted ? header?.encoding : undefined;
  const shown = inferEncoding(source, map);
  const encoding = shown ?? named ?? 'UTF-8';
  if (named !== encoding)
    notes.push({
      kind: 'encoding-inferred',
      message: `The text encoding was told by the texts: ${encoding}.`,
      values: { encoding },
    });
  const forest = new Forest(source, map);
  const isFreelistWhole = findFreePages(damaged, map, forest);
  const reader = new RowReader(source, encoding, hasByteBooleans);
  const session: Session = { damaged, source, map, forest, encoding, reader, notes, isFreelistWhole, pause };
  const found = findSchema(session, options.sources ?? {});
  const made = buildSchema(found.statements);
  for (const { statement, reason } of made.refused)
    notes.push({
      kind: 'schema-damaged',
      message: `The ${statement.type} ${statement.name} could not be created: ${reason}.`,
      values: { name: statement.name, detail: reason },
    });
  await pause('follow trees', 0, source.pageCount);
  const rooted = followNamedTrees(session, made.tables);
  const withoutText = followTablesWithoutText(session, made);
  const schema: SchemaModel = { ...made, tables: [...made.tables, ...withoutText.trees.keys()] };
  for (const [table, tree] of withoutText.trees) rooted.set(table, tree);
  const sequences = takeInternalTables(session, schema, found, rooted);
  const autoVacuum =
    isHeaderTrusted && header !== undefined && header.largestRoot > 0 ? (header.incrementalVacuum === 1 ? 2 : 1) : 0;
  const target = new Target(options.into, {
    pageSize: source.pageSize,
    encoding,
    autoVacuum,
    userVersion: isHeaderTrusted ? (header?.userVersion ?? 0) : 0,
    applicationId: isHeaderTrusted ? (header?.applicationId ?? 0) : 0,
  });
  try {
    const { tables, lostAndFound, ordered } = await writeAll(
      session,
      schema,
      sequences,
      target,
      options,
      (indexTrees) => placeOrphans(session, schema.tables, rooted, indexTrees, found.isWhole, withoutText.homeless),
    );
    target.finish();
    target[Symbol.dispose]();
    writeApplicationTrees(session, options.into, ordered, autoVacuum !== 0);
    return ok({
      into: options.into,
      pageSize: source.pageSize,
      pageCount: source.pageCount,
      encoding,
      bytesRead: damaged.files.reduce((sum, file) => sum + file.bytesRead, 0),
      tables,
      lostAndFound,
      notes,
    });
  } finally {
    target[Symbol.dispose]();
  }
}
