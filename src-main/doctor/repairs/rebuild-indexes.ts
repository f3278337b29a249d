import { failed, ok } from '../../contract/outcome.ts';
import { openWorkingCopy } from '../examine/view.ts';
import { quoteName } from '../quote-name.ts';
import { damageForSalvage } from './needs-salvage.ts';
import { besideRows, findingsOf, type Repair } from './repair.ts';
import { notesOnRowsWithoutEntry } from './rows-without-entry.ts';

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
    return {
      what: `Rebuilds ${names.join(', ')} from the rows.`,
      values: { names: names.join(', ') },
      answers,
      isChosen: true,
    };
  },
  async run({ work, answers }) {
    using view = openWorkingCopy(work);
    const names = [...new Set(answers.map(({ place }) => place.index ?? ''))];
    const notes = notesOnRowsWithoutEntry(view.database, names);
    try {
      for (const name of names) view.database.prepare(`REINDEX ${quoteName(name)}`).run();
    } catch (error) {
      return failed(
        'index-not-rebuilt',
        `An index could not be rebuilt: ${(error as Error).message}.`,
        'Let the rows be salvaged; rows with the same key are then put aside.',
        { detail: (error as Error).message },
      );
    }
    return ok({ did: `Rebuilt ${names.join(', ')}.`, values: { names: names.join(', ') }, notes });
  },
};
