import { copyFileSync, rmSync } from 'node:fs';
import { ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';
import { settle } from './settle.ts';

const words = sentences('repair.apply-log', {
  planned: {
    en: 'Puts the earlier database of the log in place of this one: {rows} {rows|row|rows}.',
    de: 'Setzt die frühere Datenbank des Logs an die Stelle der jetzigen: {rows} {rows|Zeile|Zeilen}.',
  },
  'planned-damaged': {
    en: 'Puts the earlier database of the log in place of this one: {rows} {rows|row|rows}, damaged.',
    de: 'Setzt die frühere Datenbank des Logs an die Stelle der jetzigen: {rows} {rows|Zeile|Zeilen}, beschädigt.',
  },
  done: { en: 'Used the log of the earlier database.', de: 'Das Log der früheren Datenbank wurde verwendet.' },
});

/** An offer, never chosen by the plan: the user may know that it is the file that is the wrong one. */
export const applyLog: Repair = {
  id: 'apply-log',
  title: { en: 'Use the log anyway', de: 'Log trotzdem verwenden' },
  words,
  risk: 'may-lose',
  stage: 'file',
  plan(situation) {
    const { otherGeneration } = situation.facts;
    const answers = findingsOf(situation, 'log-generation', 'log-generation-both', 'log-generation-neither');
    if (answers.length === 0 || otherGeneration === null) return null;
    const { rows, isSound } = otherGeneration.with;
    return {
      ...intend(isSound ? words.planned : words['planned-damaged'], { rows }),
      answers,
      isChosen: false,
    };
  },
  async run({ work, originals }) {
    for (const part of ['-wal', '-shm']) rmSync(work + part, { force: true });
    copyFileSync(`${originals}-wal`, `${work}-wal`);
    settle(work);
    return ok(achieve(words.done));
  },
};
