import { describe, expect, it } from 'vitest';
import { referenceShell } from '../../support/peers/reference-recover.ts';
import { type ClassScores, corpusTable, runCorpus } from './corpus-run.ts';

const isLong = process.env.HAKGAL_LONG === '1';
/** Every kind of damage on most of the zoo; the long run has every pair many times. */
const files = isLong ? 1120 : 112;

/**
 * Pages that are whole but old or another's, or a log that is gone: nothing that is left may name the rows that were
 * there.
 */
const traceless = new Set(['old versions of pages', 'log deleted', 'mixed']);

describe('salvage on a corpus of damaged databases with known content', () => {
  const shell = referenceShell();
  if ('missing' in shell) console.log(`No comparison with the reference .recover: ${shell.missing}`);
  let classes: Map<string, ClassScores>;

  it(
    `reads ${files} files and writes sound databases only`,
    async () => {
      classes = await runCorpus(0, files, 'path' in shell ? shell.path : undefined);
      console.log(corpusTable(classes));
      expect(classes.size).toBe(16);
      expect([...classes.values()].flatMap((one) => one.unsound)).toEqual([]);
    },
    isLong ? 3_600_000 : 180_000,
  );

  it('presents no row as certain that anything in the file contradicts', () => {
    expect([...classes].flatMap(([name, one]) => one.wrongCases.map((text) => `${name}: ${text}`))).toEqual([]);
  });

  it('tells truthfully between which bounds the missing rows lie, wherever the damage left a trace', () => {
    const told = [...classes].filter(([name]) => !traceless.has(name));
    expect(told.flatMap(([name, one]) => one.misreported.map((text) => `${name}: ${text}`))).toEqual([]);
  });

  /**
   * Certain and doubtful rows against all that the reference puts into tables, then everything either of them found
   * anywhere.
   */
  it('brings back no fewer right rows than the reference, for each kind of damage', ({ skip }) => {
    if ('missing' in shell) return skip(`no reference: ${shell.missing}`);
    const behind = [...classes].filter(
      ([, { ours, reference }]) => ours.right + ours.doubtful < reference.right || ours.back < reference.back,
    );
    expect(behind.map(([name, { behind: cases }]) => `${name}: ${cases.join('; ')}`)).toEqual([]);
  });

  it('brings back 99.9 % of the rows when page 1 is destroyed and a schema is at hand', () => {
    const { ours } = classes.get('page 1 gone') as ClassScores;
    expect(ours.right / ours.truth).toBeGreaterThanOrEqual(0.999);
  });
});
