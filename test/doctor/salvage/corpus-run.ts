/**
 * Runs salvage, and the reference where it is at hand, over part of the corpus and sums the scores by kind of damage.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { salvage } from '../../../src-main/doctor/salvage/salvage.ts';
import type { MissingRows } from '../../../src-main/doctor/salvage/salvage-types.ts';
import { type CorpusCase, makeCase } from '../../fixtures/corpus/corpus.ts';
import type { Damage } from '../../fixtures/corpus/damage.ts';
import { addScore, countMissing, noScore, type Score, score } from '../../fixtures/corpus/score.ts';
import { referenceRecover } from '../../support/peers/reference-recover.ts';

export interface ClassScores {
  readonly ours: Score;
  readonly reference: Score;
  files: number;
  /** Output files that failed integrity_check. */
  readonly unsound: string[];
  readonly wrongCases: string[];
  readonly behind: string[];
  /** Tables in which fewer rows are right than the reference has there. */
  readonly fewer: string[];
  /** Tables whose loss report names too many or too few missing rows, and all tables. */
  readonly misreported: string[];
  tables: number;
}

interface Loss {
  readonly table: string;
  readonly said: MissingRows;
  readonly missing: { readonly least: number; readonly most: number };
}

export async function runCase(
  one: CorpusCase,
  folder: string,
  shell: string | undefined,
): Promise<{ ours: Score; reference: Score; integrity: string; losses: readonly Loss[] }> {
  const into = join(folder, 'salvaged.db');
  rmSync(into, { force: true });
  const outcome = await salvage({ path: one.path, into, sources: one.sources });
  const ours = score(outcome.ok ? into : undefined, one.built, one.damagedPages, one.damage.losesCommits === true);
  let integrity = 'ok';
  const losses: Loss[] = [];
  if (outcome.ok) {
    for (const { table, missing } of outcome.value.tables)
      if (one.built.animal.tables.includes(table))
        losses.push({ table, said: missing, missing: countMissing(into, one.built, table) });
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
    losses,
  };
}

export async function runCorpus(
  from: number,
  until: number,
  shell: string | undefined,
  list?: readonly Damage[],
): Promise<Map<string, ClassScores>> {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-corpus-'));
  const classes = new Map<string, ClassScores>();
  try {
    for (let number = from; number < until; number += 1) {
      const one = makeCase(folder, number, list);
      const { ours, reference, integrity, losses } = await runCase(one, folder, shell);
      const sums: ClassScores = classes.get(one.damage.name) ?? {
        ours: noScore(),
        reference: noScore(),
        files: 0,
        unsound: [],
        wrongCases: [],
        behind: [],
        fewer: [],
        misreported: [],
        tables: 0,
      };
      classes.set(one.damage.name, sums);
      sums.files += 1;
      addScore(sums.ours, ours);
      addScore(sums.reference, reference);
      const label = `${number} (${one.built.animal.name}, ${one.built.pageSize})`;
      if (integrity !== 'ok') sums.unsound.push(`${label}: ${integrity}`);
      if (ours.wrong > 0) sums.wrongCases.push(`${label} ${ours.wrong}: ${ours.examples[0]}`);
      for (const { table, said, missing } of losses) {
        sums.tables += 1;
        if (missing.most < said.atLeast || (said.atMost !== null && missing.least > said.atMost))
          sums.misreported.push(
            `${label} ${table}: ${missing.least} to ${missing.most}, said ${said.atLeast} to ${said.atMost}`,
          );
      }
      if (ours.back < reference.back) sums.behind.push(`${label} ${ours.back} < ${reference.back}`);
      for (const [table, right] of reference.rightIn)
        if ((ours.rightIn.get(table) ?? 0) < right)
          sums.fewer.push(`${label} ${table}: ${ours.rightIn.get(table) ?? 0} < ${right}`);
    }
    return classes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function corpusTable(classes: ReadonlyMap<string, ClassScores>): string {
  const lines = [
    '| damage | files | rows | certain and right | doubtful and right | back in all | wrong among certain | unknowable | losses told rightly | reference right | back | wrong |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
  ];
  for (const [name, { files, ours, reference, misreported, tables }] of classes)
    lines.push(
      `| ${name} | ${files} | ${ours.truth} | ${ours.right} | ${ours.doubtful} | ${ours.back} | ${ours.wrong} | ${ours.unknowable} | ${tables - misreported.length} of ${tables} | ${reference.right} | ${reference.back} | ${reference.wrong + reference.unknowable} |`,
    );
  return lines.join('\n');
}
