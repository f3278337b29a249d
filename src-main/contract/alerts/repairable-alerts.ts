/** Which alerts the doctor has an answer to. */
import type { ActiveAlert } from './alert.ts';

const rules: readonly string[] = ['database_damaged', 'table_missing', 'column_missing'];
/** Of a database that can't be read: what a backup can be put in the place of. */
const problems: readonly string[] = ['missing', 'empty', 'not-sqlite'];

/** The target that a repair would be for. */
export function repairableTarget({ rule, labels }: Pick<ActiveAlert, 'rule' | 'labels'>): string | undefined {
  const isRepairable =
    rules.includes(rule) || (rule === 'database_unreachable' && problems.includes(labels.problem ?? ''));
  return isRepairable ? labels.target : undefined;
}
