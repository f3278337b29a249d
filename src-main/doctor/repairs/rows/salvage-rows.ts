import { renameSync, rmSync } from 'node:fs';
import { ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { profileStatements } from '../../examine/expected.ts';
import { salvage } from '../../salvage/salvage.ts';
import type { SalvagePhase, TableLoss } from '../../salvage/salvage-types.ts';
import { achieve, besideRows, findingsOf, intend, type Repair } from '../repair.ts';
import { damageForSalvage } from './needs-salvage.ts';

/** Where each phase of salvage begins and ends on the way from 0 to 1; measured on a 200 MB file. */
const phases: Readonly<Record<SalvagePhase, readonly [from: number, to: number]>> = {
  'read pages': [0, 0.25],
  'follow trees': [0.25, 0.35],
  'write rows': [0.35, 0.85],
  'build indexes': [0.85, 1],
};

const words = sentences('repair.salvage-rows', {
  planned: {
    en: 'Finds the rows page by page; doubtful ones go to tables of their own, and what is missing is counted.',
    de: 'Sucht die Zeilen Seite für Seite; zweifelhafte kommen in eigene Tabellen, und was fehlt, wird gezählt.',
  },
  done: {
    en: 'Found {certain} certain and {doubtful} doubtful {doubtful|row|rows}; at least {missing} are missing.',
    de: '{certain} sichere und {doubtful} zweifelhafte {doubtful|Zeile|Zeilen} gefunden; mindestens {missing} fehlen.',
  },
});

/** Finds rows page by page in the untouched originals and writes the certain ones into a new file. */
export const salvageRows: Repair = {
  id: 'salvage-rows',
  title: { en: 'Salvage rows page by page', de: 'Zeilen Seite für Seite retten' },
  words,
  risk: 'may-lose',
  stage: 'structure',
  plan(situation) {
    const damage = damageForSalvage(situation);
    if (damage.length === 0 || situation.tried.has('restore-backup')) return null;
    // A new file has whole indexes and no stray pages either.
    const answers = [...new Set([...damage, ...findingsOf(situation, ...besideRows, 'index-disagrees')])];
    return {
      ...intend(words.planned),
      answers,
      isChosen: true,
    };
  },
  async run({ work, salvageFrom, aside, expected, backup, includeDoubtful, signal, onProgress }) {
    const outcome = await salvage({
      path: salvageFrom,
      into: aside,
      includeDoubtful,
      sources: {
        ...(expected.profile !== null && { profile: profileStatements(expected.profile) }),
        ...(expected.baseline !== null && { learned: expected.baseline.statements }),
        ...(backup !== null && { backup: backup.path }),
      },
      ...(signal !== undefined && { signal }),
      onProgress: ({ phase, done, total }) => {
        const [from, to] = phases[phase];
        onProgress(from + (to - from) * (total === 0 ? 1 : Math.min(1, done / total)));
      },
    });
    if (!outcome.ok) return outcome;
    for (const part of ['', '-wal', '-shm', '-journal']) rmSync(work + part, { force: true });
    renameSync(aside, work);
    const { tables, lostAndFound, notes } = outcome.value;
    const sum = (of: (table: TableLoss) => number): number => tables.reduce((total, table) => total + of(table), 0);
    const [certain, doubtful] = [sum((table) => table.certain), sum((table) => table.doubtful)];
    return ok({
      ...achieve(words.done, { certain, doubtful, missing: sum((table) => table.missing.atLeast) }),
      loss: tables,
      lostAndFound,
      notes,
    });
  },
};
