import type { Finding } from '../../contract/doctor/examination.ts';
import { readSequences } from '../examine/sequences.ts';
import { breath, type SqlCheck } from './check.ts';

/** AUTOINCREMENT promises that no number comes twice; it needs to know the highest that was given. */
export const sequences: SqlCheck = {
  id: 'sequences',
  title: 'AUTOINCREMENT',
  needs: 'sql',
  *find({ database }) {
    yield breath;
    for (const { table, given, highest } of readSequences(database)) {
      if (highest === null || (given !== null && given >= highest)) continue;
      yield given === null
        ? {
            kind: 'sequence-missing',
            ...common(table),
            message: `The last number that AUTOINCREMENT gave in ${table} is not known; numbers may come twice.`,
          }
        : {
            kind: 'sequence-behind',
            ...common(table),
            message: `AUTOINCREMENT of ${table} stands at ${given}, but there is a row ${highest}; numbers may come twice.`,
            values: { given, highest },
          };
    }
  },
};

const common = (table: string): Pick<Finding, 'check' | 'severity' | 'place'> => ({
  check: 'sequences',
  severity: 'warning',
  place: { table },
});
