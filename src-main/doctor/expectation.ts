/** What a plan is expected to give back, told from the pages alone: nothing is copied or written for it. */
import type { Examination } from '../contract/doctor/examination.ts';
import type { TableExpectation } from '../contract/doctor/plan.ts';
import { type FileFacts, isLogOrphaned } from './files/file-facts.ts';
import type { Planned } from './plan.ts';
import { FileBytes } from './sqlite-file/file-bytes.ts';
import { OverlaidPages } from './sqlite-file/page-source.ts';
import { walkTrees } from './sqlite-file/walk-trees.ts';
import { readWriteAheadLog } from './sqlite-file/write-ahead-log.ts';

/** After these the file is another, which is looked at only then. */
const isUnknown: ReadonlySet<string> = new Set(['restore-backup', 'restore-header', 'undo-transformation']);

export function expectationOf(
  planned: readonly Planned[],
  { tables, findings }: Pick<Examination, 'tables' | 'findings'>,
  facts: FileFacts,
  signal?: AbortSignal,
): readonly TableExpectation[] {
  const chosen = planned.filter(({ intention }) => intention.isChosen).map(({ repair }) => repair.id);
  if (chosen.length === 0 || chosen.some((id) => isUnknown.has(id))) return [];
  const added = findings
    .filter(({ kind }) => kind === 'missing-table' && chosen.includes('create-missing-tables'))
    .map(({ place }) => ({ table: place.table ?? '', rowsNow: null, rowsAfter: 0, isEstimate: false }));
  const salvages = chosen.includes('salvage-rows');
  const walked = salvages ? rowsByPages(facts, signal) : null;
  const kept = tables
    .filter(({ isVirtual }) => isVirtual !== true)
    .map(({ name, rows }) => ({
      table: name,
      rowsNow: rows,
      rowsAfter: salvages ? (walked?.get(name) ?? null) : rows,
      isEstimate: salvages,
    }));
  const known = new Set(kept.map(({ table }) => table));
  // Where no list of tables can be read with SQL, the pages may still tell it.
  const found = [...(walked ?? [])]
    .filter(([table]) => salvages && !known.has(table) && !table.startsWith('sqlite_') && tables.length === 0)
    .map(([table, rows]) => ({ table, rowsNow: null, rowsAfter: rows, isEstimate: true }));
  return [...kept, ...found, ...added.filter(({ table }) => !known.has(table))];
}

function rowsByPages(facts: FileFacts, signal: AbortSignal | undefined): ReadonlyMap<string, number> | null {
  const { header, likelyPageSize, sizeBytes, files } = facts;
  if (header === null || likelyPageSize === null || sizeBytes < likelyPageSize) return null;
  using file = new FileBytes(files.path);
  const hasLog = (facts.log?.sizeBytes ?? 0) > 0 && !isLogOrphaned(facts);
  using logBytes = hasLog ? new FileBytes(`${files.path}-wal`) : null;
  const log = logBytes === null ? undefined : readWriteAheadLog(logBytes, likelyPageSize);
  const pageCount = log?.pageCount ?? Math.ceil(sizeBytes / likelyPageSize);
  const reserved = header.implausible.includes('reserved bytes') ? 0 : header.reserved;
  return walkTrees(new OverlaidPages(file, { pageSize: likelyPageSize, reserved, pageCount }, log?.overlay), signal)
    .rowsOf;
}
