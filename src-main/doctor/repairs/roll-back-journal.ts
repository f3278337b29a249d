import { ok } from '../../contract/outcome.ts';
import { findingsOf, type Repair } from './repair.ts';
import { settle } from './settle.ts';

/** SQLite's own way: opening the file plays the journal back, in the copy. */
export const rollBackJournal: Repair = {
  id: 'roll-back-journal',
  title: 'Undo the unfinished write',
  risk: 'safe',
  stage: 'file',
  plan(situation) {
    const answers = findingsOf(situation, 'hot-journal');
    if (answers.length === 0) return null;
    return { what: 'Undoes the write that was cut off, as SQLite would on opening.', answers, isChosen: true };
  },
  async run({ work }) {
    settle(work);
    return ok({ did: 'The unfinished write was undone; the database is as it was before it.' });
  },
};
