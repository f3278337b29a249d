/** What a record holds in a generated column, against what the row's other values give. */
import type { Evidence } from '../evidence.ts';

export const generatedColumns: Evidence = {
  id: 'generated-columns',
  *judge({ writer }) {
    for (const key of writer.storedValues.contradicted()) yield { kind: 'row-contradicted', key, reason: 'constraint' };
  },
};
