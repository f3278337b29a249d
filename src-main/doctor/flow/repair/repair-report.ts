/** What is told of a repair, from what was seen before, what was done, and what is there after. Pure. */
import type { Examination } from '../../../contract/doctor/examination.ts';
import type { RepairReport, RowLoss } from '../../../contract/doctor/report.ts';
import type { TableLoss } from '../../salvage/salvage-types.ts';
import type { Sums } from '../operation/journal.ts';
import type { RepairRun } from './run-repairs.ts';
import { changesOf } from './verify.ts';

interface Told {
  readonly before: Examination;
  readonly originals: Sums;
  readonly ms: number;
  readonly journalMode: RepairReport['journalMode'];
}

export const reportOf = (
  { before, originals, ms, journalMode }: Told,
  run: RepairRun,
  sha256After: string,
): RepairReport => ({
  file: before.file,
  before,
  after: run.after,
  done: run.done,
  tables: changesOf(before, run.after),
  journalMode,
  loss: run.loss.map(asRowLoss),
  lostAndFound: run.lostAndFound,
  notes: run.notes,
  ms: Math.round(ms),
  sha256Before: originals['']?.sha256 ?? '',
  sha256After,
  isApplied: false,
  undoId: null,
});

export const reportOfNothing = (told: Told, run: RepairRun): RepairReport => ({
  ...reportOf(told, { ...run, after: told.before }, told.originals['']?.sha256 ?? ''),
  notes: [{ kind: 'nothing-needed', message: 'Nothing needed repair.' }],
});

const asRowLoss = ({ missing, reasons, ...table }: TableLoss): RowLoss => ({
  table: table.table,
  schemaFrom: table.schemaFrom,
  certain: table.certain,
  confirmed: table.confirmed,
  doubtful: table.doubtful,
  reasons: Object.fromEntries(Object.entries(reasons).map(([reason, count]) => [reason, count ?? 0])),
  doubtfulTable: table.doubtfulTable,
  deleted: table.deleted,
  deletedTable: table.deletedTable,
  missingAtLeast: missing.atLeast,
  missingAtMost: missing.atMost,
  constraintFailures: table.constraintFailures,
});
