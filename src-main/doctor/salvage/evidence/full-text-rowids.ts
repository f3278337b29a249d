/**
 * A full-text table counts the words of each of its rows in a table beside the texts: whoever is in one is in the
 * other.
 */
import { quoteName } from '../../quote-name.ts';
import type { TableWriter } from '../write/table-writer.ts';

/** Once all tables are written. */
export function noteMissingTexts(writers: readonly TableWriter[]): void {
  const byName = new Map(writers.map((writer) => [writer.table.name.toLowerCase(), writer]));
  for (const sizes of writers) {
    const [, name] = /^(.+)_docsize$/i.exec(sizes.table.name) ?? [];
    const content = byName.get(`${name?.toLowerCase()}_content`);
    if (content?.table.rowidName === undefined || sizes.table.rowidName === undefined) continue;
    const missing = sizes.target.db
      .prepare(
        `SELECT ${sizes.table.rowidName} FROM ${quoteName(sizes.table.name)}
         WHERE ${sizes.table.rowidName} NOT IN (SELECT ${content.table.rowidName} FROM ${quoteName(content.table.name)})`,
      )
      .pluck()
      .safeIntegers()
      // The store of missing rows lies in the same database: the driver runs one statement at a time.
      .all() as bigint[];
    for (const rowid of missing) content.missing.add(rowid);
  }
}
