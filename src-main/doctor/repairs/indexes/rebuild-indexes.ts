import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { quoteName } from '../../quote-name.ts';
import { achieve, besideRows, findingsOf, intend, type Repair } from '../repair.ts';
import { damageForSalvage } from '../rows/needs-salvage.ts';
import { notesOnRowsWithoutEntry } from '../rows/rows-without-entry.ts';

const words = sentences('repair.rebuild-indexes', {
  planned: { en: 'Rebuilds {names} from the rows.', de: 'Baut {names} aus den Zeilen neu auf.' },
  done: { en: 'Rebuilt {names}.', de: 'Neu aufgebaut: {names}.' },
});

/**
 * REINDEX: the entries are made anew from the rows. An index whose own pages are broken is left to
 * `rebuild-by-reading`.
 */
export const rebuildIndexes: Repair = {
  id: 'rebuild-indexes',
  title: { en: 'Rebuild indexes', de: 'Indizes neu aufbauen' },
  words,
  risk: 'safe',
  stage: 'indexes',
  plan(situation) {
    const answers = findingsOf(situation, 'index-disagrees');
    if (answers.length === 0 || damageForSalvage(situation).length > 0) return null;
    if (findingsOf(situation, ...besideRows).length > 0) return null;
    const names = [...new Set(answers.map(({ place }) => place.index))];
    return {
      ...intend(words.planned, { names: names.join(', ') }),
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
      return failed('index-not-rebuilt', { detail: (error as Error).message });
    }
    return ok({ ...achieve(words.done, { names: names.join(', ') }), notes });
  },
};
