import { ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { withStandIns } from '../../application-defined/with-stand-ins.ts';
import { readSchema } from '../../examine/schema.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';

const words = sentences('repair.refresh-statistics', {
  planned: { en: 'Analyses the tables for the query planner.', de: 'Analysiert die Tabellen für den Abfrageplaner.' },
  done: { en: 'Analysed the tables.', de: 'Die Tabellen wurden analysiert.' },
});

/** ANALYZE. An offer: queries get other plans, mostly better ones. */
export const refreshStatistics: Repair = {
  id: 'refresh-statistics',
  title: { en: 'Refresh the planner statistics', de: 'Statistik des Planers erneuern' },
  words,
  risk: 'safe',
  stage: 'tidy',
  plan(situation) {
    const answers = findingsOf(situation, 'no-statistics');
    return answers.length === 0 ? null : { ...intend(words.planned), answers, isChosen: false };
  },
  async run({ work }) {
    using view = openWorkingCopy(work);
    withStandIns(view.database, readSchema(view.database), () => view.database.exec('ANALYZE'));
    return ok(achieve(words.done));
  },
};
