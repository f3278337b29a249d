import type { Finding } from '../../contract/doctor/examination.ts';
import type { FindingKind } from '../../contract/words/findings.ts';
import { readSchema, readTables } from '../examine/schema.ts';
import type { SqlCheck } from './check.ts';

const gone = (kind: FindingKind, severity: Finding['severity'], place: Finding['place'], what: string): Finding => ({
  kind,
  check: 'drift',
  severity,
  place,
  message: `${what}, there when the database was last whole, is gone.`,
});

/**
 * What was there when the database was last whole and is not any more. Something new is no finding: applications grow.
 */
export const drift: SqlCheck = {
  id: 'drift',
  title: 'Changes to the schema',
  needs: 'sql',
  *find({ database, expected: { baseline } }) {
    if (baseline === null) return;
    const present = new Map(readTables(database).map((table) => [table.name, table]));
    for (const { name: table, columns } of baseline.tables) {
      const there = present.get(table);
      if (there === undefined) {
        yield gone('missing-table', 'critical', { table }, `The table ${table}`);
        continue;
      }
      // No columns at all: a virtual table whose module is not there today.
      const names = new Set(there.columns.map(({ name }) => name));
      for (const column of names.size === 0 ? [] : columns)
        if (!names.has(column))
          yield gone('missing-column', 'warning', { table, column }, `The column ${column} of ${table}`);
    }
    const objects = new Set(readSchema(database).map(({ type, name }) => `${type} ${name}`));
    for (const { type, name, table } of baseline.statements) {
      if (type === 'table' || objects.has(`${type} ${name}`)) continue;
      if (type !== 'view' && !present.has(table)) continue;
      const place = type === 'index' ? { table, index: name } : { table };
      yield gone(`missing-${type}`, 'warning', place, `The ${type} ${name}`);
    }
  },
};
