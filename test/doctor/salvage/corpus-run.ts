/** Runs salvage, and the reference where it is at hand, over part of the corpus and sums the scores by kind of damage. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { salvage } from '../../../src-main/doctor/salvage/salvage.ts';
import { type CorpusCase, makeCase } from '../../fixtures/corpus/corpus.ts';
import { addScore, noScore, type Score, score } from '../../fixtures/corpus/score.ts';
import { referenceRecover } from '../../support/reference-recover.ts';

export interface ClassScores {
  readonly ours: Score;
  readonly reference: Score;
  files: number;
  /** Output files that failed integrity_check. */
  readonly unsound: string[];
  readonly wrongCases: string[];
  readonly behind: string[];
}

export async function runCase(
  one: CorpusCase,
  folder: string,
  shell: string | undefined,
): Promise<{ ours: Score; reference: Score; integrity: string }> {
  const into = join(folder, 'salvaged.db');
  rmSync(into, { force: true });
  const outcome = await salvage({ path: one.path, into, sources: one.sources });
  const ours = score(outcome.ok ? into : undefined, one.built, one.damagedPages, one.damage.losesCommits === true);
  let integrity = 'ok';
  if (outcome.ok) {
    const db = new Database(into, { readonly: true });
    integrity = String(db.pragma('integrity_check', { simple: true }));
    db.close();
  }
  const reference = join(folder, 'reference.db');
  const recovered = shell !== undefined && referenceRecover(shell, one.path, reference) && existsSync(reference);
  return {
    ours,
    reference: score(
      recovered ? reference : undefined,
      one.built,
      one.damagedPages,
      one.damage.losesCommits === true,
      true,
    ),
    integrity,
  };
}

export async function runCorpus(
  from: number,
  until: number,
  shell: string | undefined,
): Promise<Map<string, ClassScores>> {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-corpus-'));
  const classes = new Map<string, ClassScores>();
  try {
    for (let number = from; number < until; number += 1) {
      const one = makeCase(folder, number);
      const { ours, reference, integrity } = await runCase(one, folder, shell);
      const sums: ClassScores = classes.get(one.damage.name) ?? {
        ours: noScore(),
        reference: noScore(),
        files: 0,
        unsound: [],
        wrongCases: [],
        behind: [],
      };
      classes.set(one.damage.name, sums);
      sums.files += 1;
      addScore(sums.ours, ours);
      addScore(sums.reference, reference);
      const label = `${number} (${one.built.animal.name}, ${one.built.pageSize})`;
      if (integrity !== 'ok') sums.unsound.push(`${label}: ${integrity}`);
      if (ours.wrong > 0) sums.wrongCases.push(`${label} ${ours.wrong}: ${ours.examples[0]}`);
      if (ours.back < reference.back) sums.behind.push(`${label} ${ours.back} < ${reference.back}`);
    }
    return classes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function corpusTable(classes: ReadonlyMap<string, ClassScores>): string {
  const lines = [
    '| damage | files | rows | certain and right | back in all | wrong among certain | unknowable | reference right | back | wrong |',
    '|---|---|---|---|---|---|---|---|---|---|',
  ];
  for (const [name, { files, ours, reference }] of classes)
    lines.push(
      `| ${name} | ${files} | ${ours.truth} | ${ours.right} | ${ours.back} | ${ours.wrong} | ${ours.unknowable} | ${reference.right} | ${reference.back} | ${reference.wrong + reference.unknowable} |`,
    );
  return lines.join('\n');
}
