import type Database from 'better-sqlite3';
import { failed, ok } from '../../contract/outcome.ts';
import { openWorkingCopy } from '../examine/view.ts';
import { quoteName } from '../files/database-files.ts';
import { damageForSalvage } from './needs-salvage.ts';
import { besideRows, findingsOf, plural, type Repair } from './repair.ts';

/** REINDEX: the entries are made anew from the rows. An index whose own pages are broken is left to `rebuild-by-reading`. */
export const rebuildIndexes: Repair = {
  id: 'rebuild-indexes',
  title: 'Rebuild indexes',
  risk: 'safe',
  stage: 'indexes',
  plan(situation) {
    const answers = findingsOf(situation, 'index-disagrees');
    if (answers.length === 0 || damageForSalvage(situation).length > 0) return null;
    if (findingsOf(situation, ...besideRows).length > 0) return null;
    const names = [...new Set(answers.map(({ place }) => place.index))];
    return { what: `Rebuilds ${names.join(', ')} from the rows.`, answers, isChosen: true };
  },
  async run({ work, answers }) {
    using view = openWorkingCopy(work);
    const names = [...new Set(answers.map(({ place }) => place.index ?? ''))];
    const without = rowsWithoutEntry(view.database);
    const notes = names.flatMap((index) => noteOf(index, without.get(index) ?? []));
    try {
      for (const name of names) view.database.prepare(`REINDEX ${quoteName(name)}`).run();
    } catch (error) {
      return failed(
        'index-not-rebuilt',
        `An index could not be rebuilt: ${(error as Error).message}.`,
        'Let the rows be salvaged; rows with the same key are then put aside.',
      );
    }
    return ok({ did: `Rebuilt ${names.join(', ')}.`, notes });
  },
};

/** More are not counted one by one. */
const mostRows = 100_000;
const namedRows = 10;

/** Rowids by index. */
function rowsWithoutEntry(database: Database.Database): ReadonlyMap<string, readonly string[]> {
  const messages = database.prepare(`PRAGMA integrity_check(${mostRows})`).pluck().all() as string[];
  const byIndex = new Map<string, string[]>();
  for (const line of messages.flatMap((message) => message.split('\n'))) {
    const [, rowid, index] = /^row(?:id)? (-?\d+) missing from index (.+)$/.exec(line.trim()) ?? [];
    if (rowid === undefined || index === undefined) continue;
    const known = byIndex.get(index);
    if (known === undefined) byIndex.set(index, [rowid]);
    else known.push(rowid);
  }
  return byIndex;
}

/** An index that lost entries, and an old version of a table's page with rows long deleted, look the same from here. */
function noteOf(
  index: string,
  rowids: readonly string[],
): { readonly kind: 'rows-without-entry'; readonly message: string }[] {
  if (rowids.length === 0) return [];
  const named = rowids.slice(0, namedRows).join(', ') + (rowids.length > namedRows ? ', …' : '');
  return [
    {
      kind: 'rows-without-entry',
      message:
        `${plural(rowids.length, 'row')} had no entry in ${index} (row ${named}). Either the index had lost them, or an old version ` +
        'of a page brought them back after they were changed or deleted: look at them before you rely on them.',
    },
  ];
}
