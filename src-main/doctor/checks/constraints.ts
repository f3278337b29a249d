import type { Finding } from '../../contract/doctor/examination.ts';
import { readSchema, readTables, rowidNameOf } from '../examine/schema.ts';
import { checksIn } from '../examine/statement-text.ts';
import { quoteName } from '../quote-name.ts';
import { breath, type SqlCheck } from './check.ts';

/**
 * SQLite looks at CHECKs only where it may write, and here nobody may: each is asked as a question. One that is NULL
 * holds.
 */
export const constraints: SqlCheck = {
  id: 'constraints',
  title: 'CHECK constraints',
  needs: 'sql',
  isSlow: true,
  *find({ database }) {
    const texts = new Map(readSchema(database).map(({ name, sql }) => [name, sql]));
    for (const table of readTables(database)) {
      if (table.isVirtual || table.isShadow) continue;
      const checks = checksIn(texts.get(table.name) ?? '');
      if (checks.length === 0) continue;
      yield breath;
      const violated = checks.map((check) => `NOT (${check}\n)`).join(' OR ');
      const first = rowidNameOf(table) ?? 'NULL';
      let found: { readonly rows: number; readonly first: number | null };
      try {
        found = database
          .prepare(`SELECT count(*) AS rows, min(${first}) AS first FROM ${quoteName(table.name)} WHERE ${violated}`)
          .get() as typeof found;
      } catch {
        // A function or collation that only its application has, or damage, which is others' to find.
        continue;
      }
      if (found.rows > 0) yield violatedBy(table.name, found.rows, found.first);
    }
  },
};

const violatedBy = (table: string, rows: number, first: number | null): Finding => ({
  kind: 'constraint-violated',
  check: 'constraints',
  severity: 'warning',
  place: { table, ...(first !== null && { rowid: first }) },
  message: `Rows of ${table} violate a CHECK of the table.`,
  count: rows,
});
