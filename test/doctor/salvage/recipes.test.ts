import { describe, expect, it } from 'vitest';
import { recipes } from '../../fixtures/corpus/recipes.ts';
import { referenceShell } from '../../support/peers/reference-recover.ts';
import { type ClassScores, corpusTable, runCorpus } from './corpus-run.ts';

const isLong = process.env.HAKGAL_LONG === '1';
const files = recipes.length * (isLong ? 60 : 4);

describe('salvage of databases that somebody manipulated by hand', () => {
  const shell = referenceShell();
  if ('missing' in shell) console.log(`No comparison with the reference .recover: ${shell.missing}`);
  let classes: Map<string, ClassScores>;

  it(
    `reads ${files} files and writes sound databases only`,
    async () => {
      classes = await runCorpus(0, files, 'path' in shell ? shell.path : undefined, recipes);
      console.log(corpusTable(classes));
      expect([...classes.values()].flatMap((one) => one.unsound)).toEqual([]);
    },
    isLong ? 3_600_000 : 180_000,
  );

  it('presents no row as certain that anything in the file contradicts', () => {
    expect([...classes].flatMap(([name, one]) => one.wrongCases.map((text) => `${name}: ${text}`))).toEqual([]);
  });

  it('leaves no fewer right rows in their tables than the reference, table by table', ({ skip }) => {
    if ('missing' in shell) return skip(`no reference: ${shell.missing}`);
    expect([...classes].flatMap(([name, { fewer }]) => fewer.map((text) => `${name}: ${text}`))).toEqual([]);
  });
});
