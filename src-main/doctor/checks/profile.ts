import { readTables } from '../examine/schema.ts';
import type { SqlCheck } from './check.ts';

/** SQLite compares names without regard to ASCII case. */
const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Tables and columns that databases of this kind have. */
export const profile: SqlCheck = {
  id: 'profile',
  title: 'Expected tables',
  needs: 'sql',
  *find({ database, expected }) {
    if (expected.profile === null) return;
    const present = readTables(database);
    for (const table of expected.profile.tables) {
      const there = present.find(({ name }) => sameName(name, table.name));
      if (there === undefined) {
        yield {
          kind: 'missing-table',
          check: 'profile',
          severity: 'critical',
          place: { table: table.name },
          message: `The table ${table.name} is missing.`,
        };
        continue;
      }
      for (const column of table.columns)
        if (!there.columns.some(({ name }) => sameName(name, column.name)))
          yield {
            kind: 'missing-column',
            check: 'profile',
            severity: 'critical',
            place: { table: table.name, column: column.name },
            message: `The table ${table.name} lacks the column ${column.name}.`,
          };
    }
  },
};
