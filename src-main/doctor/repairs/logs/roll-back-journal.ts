import { ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';
import { settle } from './settle.ts';

const words = sentences('repair.roll-back-journal', {
  planned: {
    en: 'Rolls back the write that was cut off, as SQLite would on opening.',
    de: 'Rollt den abgebrochenen Schreibvorgang zurück, wie SQLite es beim Öffnen täte.',
  },
  done: {
    en: 'The unfinished write was rolled back; the database is as it was before it.',
    de: 'Der abgebrochene Schreibvorgang wurde zurückgerollt; die Datenbank ist, wie sie davor war.',
  },
});

/** SQLite's own way: opening the file plays the journal back, in the copy. */
export const rollBackJournal: Repair = {
  id: 'roll-back-journal',
  title: { en: 'Roll back the unfinished write', de: 'Abgebrochenen Schreibvorgang zurückrollen' },
  words,
  risk: 'safe',
  stage: 'file',
  plan(situation) {
    const answers = findingsOf(situation, 'hot-journal');
    if (answers.length === 0) return null;
    return { ...intend(words.planned), answers, isChosen: true };
  },
  async run({ work }) {
    settle(work);
    return ok(achieve(words.done));
  },
};
