/** The judge between repair and swap: nothing goes in that is not whole, or that has less than it should. */
import type { Examination, Finding } from '../../../contract/doctor/examination.ts';
import type { RepairDone, RowLoss, TableChange } from '../../../contract/doctor/report.ts';
import { failed, type Outcome, ok } from '../../../contract/outcome.ts';

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
  if (left.length > 0)
    return failed(
      'verify-failed',
      `The repaired copy did not pass: ${left[0]?.message} Nothing was replaced.`,
      'Choose other repairs, or restore a backup.',
    );
  const unknown = after.checks.find(({ state }) => state === 'unknown');
  if (unknown !== undefined && before.checks.find(({ id }) => id === unknown.id)?.state !== 'unknown')
    return failed(
      'verify-unknown',
      `The check "${unknown.title}" of the repaired copy could not finish: ${unknown.reason}. Nothing was replaced.`,
      'Free some memory and disk space, then try again.',
    );
  if (!done.some(({ id }) => movesRows.has(id))) {
    const changed = changesOf(before, after).find(
      (change) => change.before !== null && change.after !== null && change.after !== change.before,
    );
    if (changed !== undefined)
      return failed(
        'rows-changed',
        `${changed.table} had ${changed.before} rows and would have ${changed.after}. Nothing was replaced.`,
        'Please report this with a support bundle.',
        { table: changed.table, before: changed.before ?? '–', after: changed.after ?? '–' },
      );
    const gone = before.tables.find(({ name }) => !after.tables.some((table) => table.name === name));
    if (gone !== undefined)
      return failed(
        'table-lost',
        `${gone.name} would be gone. Nothing was replaced.`,
        'Please report this with a support bundle.',
        { table: gone.name },
      );
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
