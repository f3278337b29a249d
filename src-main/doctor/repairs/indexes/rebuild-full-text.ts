import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { quoteName } from '../../quote-name.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';
import { damageForSalvage } from '../rows/needs-salvage.ts';

const words = sentences('repair.rebuild-full-text', {
  planned: {
    en: 'Rebuilds the full-text indexes from the texts.',
    de: 'Baut die Volltextindizes aus den Texten neu auf.',
  },
  done: { en: 'Rebuilt {names}.', de: 'Neu aufgebaut: {names}.' },
});

/** The full-text module makes its index anew from the texts it holds. */
export const rebuildFullText: Repair = {
  id: 'rebuild-full-text',
  title: { en: 'Rebuild full-text indexes', de: 'Volltextindizes neu aufbauen' },
  words,
  risk: 'safe',
  stage: 'indexes',
  plan(situation) {
    const answers = findingsOf(situation, 'full-text-damaged');
    if (answers.length === 0 || damageForSalvage(situation).length > 0) return null;
    return { ...intend(words.planned), answers, isChosen: true };
  },
  async run({ work, answers }) {
    using view = openWorkingCopy(work);
    const names = [...new Set(answers.map(({ place }) => place.table ?? ''))];
    try {
      for (const name of names)
        view.database.prepare(`INSERT INTO ${quoteName(name)} (${quoteName(name)}) VALUES ('rebuild')`).run();
    } catch (error) {
      return failed('full-text-not-rebuilt', { detail: (error as Error).message });
    }
    return ok(achieve(words.done, { names: names.join(', ') }));
  },
};
