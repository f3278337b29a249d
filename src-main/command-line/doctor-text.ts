/** Examinations and reports as text for a terminal. Pure. */
import type { Backup } from '../contract/doctor/backup.ts';
import { type DoubtReason, doubtWords } from '../contract/doctor/doubts.ts';
import type { Examination } from '../contract/doctor/examination.ts';
import type { RepairReport, RowLoss } from '../contract/doctor/report.ts';
import type { UndoReport } from '../contract/doctor/undo.ts';

/** Control characters in a file's or table's name must not reach a terminal. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, '?');

const marks = { critical: '✗', warning: '!', info: '·' } as const;

export function describeExamination({ file, verdict, findings, checks, tables }: Examination): string {
  const lines = [`${file}: ${verdict}`];
  for (const { severity, message, count, isConsequence } of findings)
    lines.push(
      `  ${isConsequence ? '  → ' : `${marks[severity]} `}${message}${(count ?? 1) > 1 ? ` (${count} times)` : ''}`,
    );
  for (const { title, state, reason } of checks)
    if (state === 'unknown') lines.push(`  ? ${title}: could not be checked (${reason})`);
  if (tables.length > 0)
    lines.push(
      `  Tables: ${tables.map(({ name, rows, isVirtual }) => `${name} ${rows ?? (isVirtual ? '(virtual)' : 'unreadable')}`).join(', ')}`,
    );
  return `${printable(lines.join('\u2028')).replaceAll('\u2028', '\n')}\n`;
}

export function describeReport(report: RepairReport): string {
  const lines: string[] = [];
  if (report.done.length === 0) lines.push(`${report.file}: ${report.notes[0]?.message ?? 'nothing needed repair'}`);
  else {
    lines.push(`${report.file}: ${report.before.verdict} → ${report.after.verdict}`);
    for (const { title, did } of report.done) lines.push(`  ${title}: ${did}`);
    for (const note of report.notes) lines.push(`  Note: ${note.message}`);
    for (const { table, before, after } of report.tables)
      if (before !== after)
        lines.push(`  ${table}: ${rowsIn(report.before, table, before)} → ${rowsIn(report.after, table, after)} rows`);
    const { before, after } = report.journalMode;
    if (before !== null && before !== after) lines.push(`  Journal mode: ${before} → ${after ?? 'not known'}`);
    for (const loss of report.loss) lines.push(...describeLoss(loss));
    if (report.lostAndFound > 0)
      lines.push(`  ${report.lostAndFound} rows fit no table and lie in hakgal_lost_and_found`);
    lines.push(
      report.isApplied
        ? `  Done.${report.undoId === null ? '' : ' "hakgal-monitor doctor undo FILE" undoes it.'}`
        : '  Nothing was replaced: this is what would come of it.',
    );
  }
  return `${printable(lines.join('\u2028')).replaceAll('\u2028', '\n')}\n`;
}

/** A table whose rows can't be counted is there all the same. */
const rowsIn = ({ tables }: Examination, table: string, rows: number | null): string =>
  rows?.toString() ?? (tables.some(({ name }) => name === table) ? 'unreadable' : 'none');

function describeLoss(loss: RowLoss): readonly string[] {
  const { table, certain, confirmed, doubtful, deleted, missingAtLeast, missingAtMost } = loss;
  const lines = [
    `  ${table}: ${certain} certain (${confirmed} of them confirmed by an index or backup), ${doubtful} doubtful, ` +
      `missing at least ${missingAtLeast}${missingAtMost === null ? '' : `, at most ${missingAtMost}`}`,
  ];
  const reasons = Object.entries(loss.reasons) as [DoubtReason, number][];
  if (reasons.length > 0) {
    const why = reasons.map(([reason, rows]) => `${rows} ${doubtWords[reason].text.en}`).join(', ');
    lines.push(`    doubtful${loss.doubtfulTable === null ? '' : `, in ${loss.doubtfulTable}`}: ${why}`);
  }
  if (deleted > 0) lines.push(`    found as deleted before: ${deleted}, in ${loss.deletedTable}`);
  if (loss.schemaFrom === 'inferred') lines.push('    its name and columns are made up: nothing told them');
  return lines;
}

export const describeUndo = ({ file, isIdentical, sha256 }: UndoReport): string =>
  `${printable(file)}: ${isIdentical ? 'the original is back, byte for byte' : 'NOT identical to the original'} (SHA-256 ${sha256})\n`;

export const describeBackups = (backups: readonly Backup[]): string =>
  backups.length === 0
    ? 'No verified backups.\n'
    : backups
        .map(
          ({ id, at, sizeBytes, path }) =>
            `${id}  ${new Date(at).toISOString()}  ${Math.ceil(sizeBytes / 1024)} KiB  ${printable(path)}\n`,
        )
        .join('');
