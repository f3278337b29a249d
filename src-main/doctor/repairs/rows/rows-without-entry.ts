/**
 * Which rows an index knew nothing of, for the report of a repair that makes the index anew from the rows. Only of
 * indexes that can't be compared by value: what the others say is a finding of its own.
 */
import type Database from 'better-sqlite3';
import { compareIndex } from '../../examine/contradictions.ts';
import { readTables } from '../../examine/schema.ts';
import type { SalvageNote } from '../../salvage/salvage-types.ts';
import { plural } from '../repair.ts';

/** Call it before the repair. */
export function notesOnRowsWithoutEntry(
  database: Database.Database,
  indexes: readonly string[],
): readonly SalvageNote[] {
  const unjudged = indexes.filter((index) => !isComparable(database, index));
  if (unjudged.length === 0) return [];
  const without = rowsWithoutEntry(database);
  return unjudged.flatMap((index) => noteOf(index, without.get(index) ?? []));
}

function isComparable(database: Database.Database, index: string): boolean {
  const name = database.prepare('SELECT tbl_name FROM sqlite_schema WHERE name = ?').pluck().get(index);
  const table = readTables(database).find((one) => one.name === name);
  return table !== undefined && compareIndex(database, table, index) !== null;
}

/** More are not counted one by one. */
const maxRows = 100_000;
const namedRows = 10;

/** Rowids by index. */
function rowsWithoutEntry(database: Database.Database): ReadonlyMap<string, readonly string[]> {
  const byIndex = new Map<string, string[]>();
  for (const line of linesOfCheck(database)) {
    const [, rowid, index] = /^row(?:id)? (-?\d+) missing from index (.+)$/.exec(line.trim()) ?? [];
    if (rowid === undefined || index === undefined) continue;
    const known = byIndex.get(index);
    if (known === undefined) byIndex.set(index, [rowid]);
    else known.push(rowid);
  }
  return byIndex;
}

function linesOfCheck(database: Database.Database): string[] {
  const lines: string[] = [];
  try {
    for (const message of database.prepare(`PRAGMA integrity_check(${maxRows})`).pluck().iterate())
      lines.push(...String(message).split('\n'));
  } catch {
    // Damage of another kind stopped it: a finding of its own. What it had said until then holds.
  }
  return lines;
}

/** An index that lost entries, and an old version of a table's page with rows long deleted, look the same from here. */
function noteOf(index: string, rowids: readonly string[]): readonly SalvageNote[] {
  if (rowids.length === 0) return [];
  const named = rowids.slice(0, namedRows).join(', ') + (rowids.length > namedRows ? ', …' : '');
  return [
    {
      kind: 'rows-without-entry',
      message:
        `${plural(rowids.length, 'row')} had no entry in ${index} (row ${named}). Either the index had lost them, or an old version ` +
        'of a page brought them back after they were changed or deleted: look at them before you rely on them.',
      values: { rows: rowids.length, index, rowids: named },
    },
  ];
}
