import { ok } from '../../contract/outcome.ts';
import { isLogOrphaned } from '../files/file-facts.ts';
import { findingsOf, plural, type Repair } from './repair.ts';
import { settle } from './settle.ts';

const kinds = ['log-oversized', 'log-left-behind', 'log-torn', 'log-unreadable', 'log-orphaned'] as const;

/** Brings the log's committed changes home by a proper checkpoint and leaves no log. */
export const checkpointLog: Repair = {
  id: 'checkpoint-log',
  title: 'Bring the log home',
  risk: 'safe',
  stage: 'file',
  plan(situation) {
    const answers = findingsOf(situation, ...kinds);
    if (answers.length === 0) return null;
    const what = isLogOrphaned(situation.facts)
      ? 'Leaves the log of another database out; it stays in the undo copy.'
      : 'Writes the committed changes of the log into the database.';
    // A log that is merely there is no damage, but a repair swaps in a single file, so it is brought home anyway.
    return {
      what,
      ...(isLogOrphaned(situation.facts) && { code: 'checkpoint-log.orphaned' as const }),
      answers,
      isChosen: true,
    };
  },
  async run({ work, facts }) {
    settle(work);
    if (isLogOrphaned(facts))
      return ok({ did: 'Left the log of another database out.', code: 'checkpoint-log.orphaned' });
    const frames = facts.log?.committedFrames ?? 0;
    return ok({ did: `Wrote ${plural(frames, 'page')} of the log into the database.`, values: { pages: frames } });
  },
};
