import type { Finding } from '../../contract/doctor/examination.ts';
import { sortMessages } from '../examine/integrity-messages.ts';
import { readOwners } from '../examine/owners.ts';
import { breath, type SqlCheck } from './check.ts';

/** SQLite stops after this many complaints; more would not change the plan. */
const maxMessages = 200;

/** quick_check: every page of every tree, the free list, and values against NOT NULL and CHECK. */
export const structure: SqlCheck = {
  id: 'structure',
  title: 'Pages and trees',
  needs: 'sql',
  *find({ checkable: { database } }) {
    yield breath;
    const messages: string[] = [];
    try {
      for (const row of database.prepare(`PRAGMA quick_check(${maxMessages})`).pluck().iterate())
        messages.push(String(row));
    } catch (error) {
      // The pragma itself fails where damage stops it; that it did is the finding.
      if (!isDamage(error)) throw error;
      yield stopped((error as Error).message);
    }
    yield* sortMessages(messages, 'structure', readOwners(database));
  },
};

export function isDamage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB') || code === 'SQLITE_ERROR';
}

const stopped = (reason: string): Finding => ({
  kind: 'structure-damaged',
  check: 'structure',
  severity: 'critical',
  place: {},
  message: `The database is so damaged that checking it stopped (${reason}).`,
  values: { detail: reason },
});
