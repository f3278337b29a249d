import { ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { withStandIns } from '../../application-defined/with-stand-ins.ts';
import { readSchema } from '../../examine/schema.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';

const words = sentences('repair.compact', {
  planned: { en: 'Gives the free pages back to the disk.', de: 'Gibt die freien Seiten dem Datenträger zurück.' },
  done: { en: 'Gave {bytes:bytes} back.', de: '{bytes:bytes} zurückgegeben.' },
});

/**
 * VACUUM of the copy: row numbers that an application may rely on are kept by SQLite only where a column holds them, so
 * it is an offer.
 */
export const compact: Repair = {
  id: 'compact',
  title: { en: 'Compact', de: 'Verdichten' },
  words,
  risk: 'safe',
  stage: 'tidy',
  plan(situation) {
    const answers = findingsOf(situation, 'bloated');
    return answers.length === 0 ? null : { ...intend(words.planned), answers, isChosen: false };
  },
  async run({ work }) {
    using view = openWorkingCopy(work);
    const bytes = (): number =>
      (view.database.pragma('page_count', { simple: true }) as number) *
      (view.database.pragma('page_size', { simple: true }) as number);
    const before = bytes();
    withStandIns(view.database, readSchema(view.database), () => view.database.exec('VACUUM'));
    const freed = before - bytes();
    return ok(achieve(words.done, { bytes: freed }));
  },
};
