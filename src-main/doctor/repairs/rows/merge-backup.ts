import type Database from 'better-sqlite3';
import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { type LiveTable, readTables } from '../../examine/schema.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { quoteName } from '../../quote-name.ts';
import { achieve, intend, type Repair } from '../repair.ts';
import { damageForSalvage } from './needs-salvage.ts';
import { withoutTriggers } from './without-triggers.ts';

const words = sentences('repair.merge-backup', {
  planned: {
    en: 'Adds rows of the newest backup whose key is not there any more; rows deleted since the backup come back, too.',
    de: 'Holt aus der neuesten Sicherung die Zeilen, deren Schlüssel fehlt; auch seither gelöschte kommen zurück.',
  },
  done: {
    en: 'Brought {rows} {rows|row|rows} back from the backup.',
    de: '{rows} {rows|Zeile|Zeilen} aus der Sicherung zurückgeholt.',
  },
});

/**
 * After a salvage: rows that only the backup has come back. An offer, because some of them may have been deleted on
 * purpose since.
 */
export const mergeBackup: Repair = {
  id: 'merge-backup',
  title: { en: 'Bring missing rows back from the backup', de: 'Fehlende Zeilen aus der Sicherung holen' },
  words,
  risk: 'moves-rows',
  stage: 'rows',
  plan(situation) {
    const answers = damageForSalvage(situation);
    if (answers.length === 0 || situation.backup === null) return null;
    return {
      ...intend(words.planned),
      answers,
      isChosen: false,
    };
  },
  async run({ work, backup, signal }) {
    if (backup === null) return failed('no-backup');
    using view = openWorkingCopy(work);
    const { database } = view;
    database.prepare('ATTACH ? AS backup').run(backup.path);
    const added = withoutTriggers(database, () => {
      let total = 0;
      for (const table of readTables(database)) {
        signal?.throwIfAborted();
        if (!table.isVirtual && !table.isShadow) total += addMissing(database, table);
      }
      return total;
    });
    database.exec('DETACH backup');
    return ok(achieve(words.done, { rows: added }));
  },
};

/** OR IGNORE: where any key is taken the row that is there stays. */
function addMissing(database: Database.Database, table: LiveTable): number {
  const there = database.prepare('SELECT name, hidden FROM pragma_table_xinfo(?, ?)').all(table.name, 'backup') as {
    name: string;
    hidden: number;
  }[];
  const columns = there.filter(({ hidden }) => hidden === 0).map(({ name }) => name);
  if (columns.length === 0 || columns.some((name) => !table.columns.some((column) => column.name === name))) return 0;
  const names = columns.map(quoteName);
  const hasOwnKey = table.isWithoutRowid || table.columns.some(({ name }) => name.toLowerCase() === 'rowid');
  if (!hasOwnKey) names.unshift('rowid');
  const list = names.join(', ');
  const name = quoteName(table.name);
  return database
    .prepare(`INSERT OR IGNORE INTO main.${name} (${list}) SELECT ${list} FROM backup.${name} WHERE true`)
    .run().changes;
}
