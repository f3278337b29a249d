import { ok } from '../../contract/outcome.ts';
import { openWorkingCopy } from '../examine/view.ts';
import { findingsOf, type Repair } from './repair.ts';

/** VACUUM of the copy: row numbers that an application may rely on are kept by SQLite only where a column holds them, so it is an offer. */
export const compact: Repair = {
  id: 'compact',
  title: 'Compact',
  risk: 'safe',
  stage: 'tidy',
  plan(situation) {
    const answers = findingsOf(situation, 'bloated');
    return answers.length === 0 ? null : { what: 'Gives the free pages back to the disk.', answers, isChosen: false };
  },
  async run({ work }) {
    using view = openWorkingCopy(work);
    const bytes = (): number =>
      (view.database.pragma('page_count', { simple: true }) as number) *
      (view.database.pragma('page_size', { simple: true }) as number);
    const before = bytes();
    view.database.exec('VACUUM');
    const freed = before - bytes();
    return ok({ did: `Gave ${Math.round(freed / 1_048_576)} MB back.`, values: { bytes: freed } });
  },
};
