import { ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { readSequences } from '../../examine/sequences.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';

const words = sentences('repair.set-sequences', {
  planned: {
    en: 'Lets AUTOINCREMENT go on after the highest row of {names}.',
    de: 'Lässt AUTOINCREMENT hinter der höchsten Zeile von {names} weiterzählen.',
  },
  done: {
    en: 'AUTOINCREMENT of {names} goes on after the highest row.',
    de: 'AUTOINCREMENT von {names} zählt hinter der höchsten Zeile weiter.',
  },
});

/** Numbers of rows that were deleted at the end are not known any more: what is there is the least. */
export const setSequences: Repair = {
  id: 'set-sequences',
  title: { en: 'Set AUTOINCREMENT to the highest row', de: 'AUTOINCREMENT auf die höchste Zeile setzen' },
  words,
  risk: 'safe',
  stage: 'tidy',
  plan(situation) {
    const answers = findingsOf(situation, 'sequence-missing', 'sequence-behind');
    if (answers.length === 0) return null;
    const names = answers.map(({ place }) => place.table).join(', ');
    return { ...intend(words.planned, { names }), answers, isChosen: false };
  },
  async run({ work }) {
    using view = openWorkingCopy(work);
    const { database } = view;
    const behind = readSequences(database).filter(({ given, highest }) => highest !== null && highest > (given ?? 0));
    database.transaction(() => {
      // SQLite makes its own table for the first that needs it, and keeps it.
      database.exec('CREATE TABLE hakgal_sequence (id INTEGER PRIMARY KEY AUTOINCREMENT); DROP TABLE hakgal_sequence');
      for (const { table, highest } of behind) {
        database.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table);
        database.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, highest);
      }
    })();
    return ok(achieve(words.done, { names: behind.map(({ table }) => table).join(', ') }));
  },
};
