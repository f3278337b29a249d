import { copyFileSync, rmSync } from 'node:fs';
import { ok } from '../../contract/outcome.ts';
import { findingsOf, type Repair } from './repair.ts';
import { settle } from './settle.ts';

/** An offer, never chosen by the plan: the user may know that it is the file that is the wrong one. */
export const applyLog: Repair = {
  id: 'apply-log',
  title: 'Take the log all the same',
  risk: 'may-lose',
  stage: 'file',
  plan(situation) {
    const { otherGeneration } = situation.facts;
    const answers = findingsOf(situation, 'log-generation', 'log-generation-both', 'log-generation-neither');
    if (answers.length === 0 || otherGeneration === null) return null;
    const { rows, isSound } = otherGeneration.with;
    return {
      what: `Puts the earlier database of the log in place of this one: ${rows} rows${isSound ? '' : ', damaged'}.`,
      values: { rows },
      answers,
      isChosen: false,
    };
  },
  async run({ work, originals }) {
    for (const part of ['-wal', '-shm']) rmSync(work + part, { force: true });
    copyFileSync(`${originals}-wal`, `${work}-wal`);
    settle(work);
    return ok({ did: 'Took the log of the earlier database.' });
  },
};
