import { ok } from '../../contract/outcome.ts';
import { openWorkingCopy } from '../examine/view.ts';
import { findingsOf, type Repair } from './repair.ts';

/** ANALYZE. An offer: queries get other plans, mostly better ones. */
export const refreshStatistics: Repair = {
  id: 'refresh-statistics',
  title: 'Refresh the planner statistics',
  risk: 'safe',
  stage: 'tidy',
  plan(situation) {
    const answers = findingsOf(situation, 'no-statistics');
    return answers.length === 0
      ? null
      : { what: 'Analyses the tables for the query planner.', answers, isChosen: false };
  },
  async run({ work }) {
    using view = openWorkingCopy(work);
    view.database.exec('ANALYZE');
    return ok({ did: 'Analysed the tables.' });
  },
};
