/**
 * What a plan is expected to give back, in as few lines as say it: tables that keep all their rows are one line
 * together.
 */
import type { TableExpectation } from '@contract/doctor/plan.ts';
import type { Texts } from '../../i18n/use-text.tsx';

/** More are not read. */
const maxLines = 8;

export function expectationLines(
  expected: readonly TableExpectation[],
  { t, format }: Pick<Texts, 't' | 'format'>,
): string[] {
  const count = (rows: number): string => format.value(rows, 'count');
  const keeps = expected.filter(({ rowsNow, rowsAfter }) => rowsNow !== null && rowsNow === rowsAfter);
  const others = expected.filter((one) => !keeps.includes(one));
  const lines = others.slice(0, maxLines).map(({ table, rowsNow, rowsAfter, isEstimate }) => {
    if (rowsAfter === null) return t('doctor.expected.unknown', { table });
    if (!isEstimate && rowsNow === null) return t('doctor.expected.added', { table });
    return t('doctor.expected.about', { table, count: count(rowsAfter) });
  });
  if (others.length > maxLines) lines.push(t('doctor.expected.more', { count: count(others.length - maxLines) }));
  const rows = keeps.reduce((sum, { rowsNow }) => sum + (rowsNow ?? 0), 0);
  return keeps.length === 0 ? lines : [t('doctor.expected.all', { count: count(rows) }), ...lines];
}
