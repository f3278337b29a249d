/** The other rows of a table: one value unlike all others of its column is more likely damaged than meant. */
import type { Evidence } from '../evidence.ts';

export const columnNeighbours: Evidence = {
  id: 'column-neighbours',
  *judge({ writer }) {
    for (const key of writer.columnOutliers.take())
      yield { kind: 'row-contradicted', key, reason: 'unlike-its-column' };
  },
};
