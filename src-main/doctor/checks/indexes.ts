import { sortMessages } from '../examine/integrity-messages.ts';
import { readOwners } from '../examine/owners.ts';
import { readTables } from '../examine/schema.ts';
import { breath, type SqlCheck } from './check.ts';
import { isDamage } from './structure.ts';

/** What `structure` does not look at; damaged trees are its business. */
const own: ReadonlySet<string> = new Set(['index-disagrees', 'duplicate-key', 'full-text-damaged']);

/** integrity_check table by table: every index entry against its row and back, full-text indexes included. */
export const indexes: SqlCheck = {
  id: 'indexes',
  title: 'Indexes',
  needs: 'sql',
  isSlow: true,
  *find({ database }) {
    const owners = readOwners(database);
    for (const { name, isShadow } of readTables(database)) {
      if (isShadow) continue;
      yield breath;
      try {
        const rows = database.pragma(`integrity_check('${name.replaceAll("'", "''")}')`) as Record<string, unknown>[];
        const texts = rows.map((row) => String(Object.values(row)[0]));
        for (const finding of sortMessages(texts, 'indexes', owners))
          if (own.has(finding.kind)) yield { ...finding, place: { table: name, ...finding.place } };
      } catch (error) {
        if (!isDamage(error)) throw error;
        yield {
          kind: 'comparison-stopped',
          check: 'indexes',
          severity: 'critical',
          place: { table: name },
          message: `Comparing the indexes of ${name} with the table stopped at damage (${(error as Error).message}).`,
        };
      }
    }
  },
};
