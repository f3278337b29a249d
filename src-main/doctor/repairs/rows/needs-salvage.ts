import type { Finding } from '../../../contract/doctor/examination.ts';
import { isOpenable } from '../../files/file-facts.ts';
import { canRestoreHeader } from '../file/restore-header.ts';
import { besideRows, findingsOf, type Situation } from '../repair.ts';

const damageOfRows = [
  'first-page-destroyed',
  'table-damaged',
  'structure-damaged',
  'schema-unreadable',
  'duplicate-key',
  'rows-contradicted',
  'rows-missing',
  'log-broken',
] as const;

/** What the schema needs and this SQLite lacks. */
const applicationFindings = [
  'application-collation',
  'application-function',
  'application-module',
  'application-tokenizer',
] as const;

/** Damage that SQL cannot read past: rows have to be found page by page. */
export function damageForSalvage(situation: Situation): Finding[] {
  const found = findingsOf(situation, ...damageOfRows);
  if (found.length > 0) return found;
  // Beside other damage, values that SQLite can't have stored are rows of something else.
  const beside = findingsOf(situation, ...besideRows, 'index-disagrees');
  const forbidden = findingsOf(situation, 'constraint-violated');
  if (beside.length > 0 && forbidden.length > 0) return [...beside, ...forbidden];
  // To read every row into a new file, SQLite would have to know what only the application has.
  const besideAlone = findingsOf(situation, ...besideRows);
  if (besideAlone.length > 0 && findingsOf(situation, ...applicationFindings).length > 0) return besideAlone;
  // What gentler repairs tried and could not mend.
  if (situation.tried.has('rebuild-indexes') || situation.tried.has('rebuild-by-reading'))
    found.push(...findingsOf(situation, 'index-disagrees'));
  if (situation.tried.has('rebuild-by-reading')) found.push(...findingsOf(situation, ...besideRows));
  if (situation.tried.has('rebuild-full-text')) found.push(...findingsOf(situation, 'full-text-damaged'));
  if (found.length > 0) return found;
  const isShut =
    !isOpenable(situation.facts) && (!canRestoreHeader(situation.facts) || situation.tried.has('restore-header'));
  return isShut ? findingsOf(situation, 'header-wrong', 'truncated', 'size-uneven') : [];
}
