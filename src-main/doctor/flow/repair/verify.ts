/** The judge between repair and swap: nothing goes in that is not whole, or that has less than it should. */
import type { Examination, Finding } from '../../../contract/doctor/examination.ts';
import type { RepairDone, RowLoss, TableChange } from '../../../contract/doctor/report.ts';
import { failed, failedBecause, type Outcome, ok } from '../../../contract/outcome.ts';
import { messageOfFinding } from '../../checks/finding.ts';

/** Repairs after which a table may have other rows than before, each with a report that says which. */
const movesRows: ReadonlySet<string> = new Set([
  'salvage-rows',
  'undo-transformation',
  'restore-backup',
  'set-orphans-aside',
  'merge-backup',
  'checkpoint-log',
  'apply-log',
  'roll-back-journal',
]);

export interface Judged {
  readonly before: Examination;
  readonly after: Examination;
  readonly done: readonly RepairDone[];
  /** Critical findings of `before` that the user chose not to have repaired. */
  readonly leftByChoice: readonly Finding[];
}

export function judge({ before, after, done, leftByChoice }: Judged): Outcome<null> {
  const left = after.findings.filter(
    ({ severity, kind, place }) =>
      severity === 'critical' && !leftByChoice.some((one) => one.kind === kind && one.place.table === place.table),
  );
  if (left[0] !== undefined) return failedBecause('verify-failed', messageOfFinding(left[0]));
  const unknown = after.checks.find(({ state }) => state === 'unknown');
  if (unknown !== undefined && before.checks.find(({ id }) => id === unknown.id)?.state !== 'unknown')
    return failed('verify-unknown', { check: unknown.title, detail: unknown.reason ?? '' });
  if (!done.some(({ id }) => movesRows.has(id))) {
    const changed = changesOf(before, after).find(
      (change) => change.before !== null && change.after !== null && change.after !== change.before,
    );
    if (changed !== undefined)
      return failed('rows-changed', {
        table: changed.table,
        before: changed.before ?? '–',
        after: changed.after ?? '–',
      });
    const gone = before.tables.find(({ name }) => !after.tables.some((table) => table.name === name));
    if (gone !== undefined) return failed('table-lost', { table: gone.name });
  }
  return ok(null);
}

export function changesOf(before: Examination, after: Examination): TableChange[] {
  const names = [...new Set([...before.tables, ...after.tables].map(({ name }) => name))];
  const rows = (examination: Examination, name: string): number | null =>
    examination.tables.find((table) => table.name === name)?.rows ?? null;
  return names.map((table) => ({ table, before: rows(before, table), after: rows(after, table) }));
}

export const isSomethingLost = (loss: readonly RowLoss[], lostAndFound: number): boolean =>
  lostAndFound > 0 || loss.some(({ doubtful, missingAtLeast }) => doubtful > 0 || missingAtLeast > 0);
