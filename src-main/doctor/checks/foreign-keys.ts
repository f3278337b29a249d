import type { Finding } from '../../contract/doctor/examination.ts';
import { breath, type SqlCheck, Unknown } from './check.ts';

interface Violation {
  readonly table: string;
  readonly rowid: number | null;
  readonly parent: string;
}

/** Rows that refer to a row that is not there. */
export const foreignKeys: SqlCheck = {
  id: 'foreign-keys',
  title: 'References between tables',
  needs: 'sql',
  *find({ checkable: { database } }) {
    yield breath;
    const byReference = new Map<string, Finding>();
    try {
      for (const row of database.prepare('PRAGMA foreign_key_check').iterate() as Iterable<Violation>) {
        const key = JSON.stringify([row.table, row.parent]);
        const known = byReference.get(key);
        byReference.set(key, known === undefined ? first(row) : { ...known, count: (known.count ?? 1) + 1 });
      }
    } catch (error) {
      // "foreign key mismatch": the declaration itself is wrong, so nobody can tell.
      throw new Unknown((error as Error).message);
    }
    yield* byReference.values();
  },
};

const first = ({ table, rowid, parent }: Violation): Finding => ({
  kind: 'orphaned-rows',
  check: 'foreign-keys',
  severity: 'warning',
  place: { table, ...(rowid !== null && { rowid }) },
  message: `Rows of ${table} refer to rows of ${parent} that are not there.`,
  count: 1,
});
