/**
 * The whole doctor on the corpus of damaged databases: looks without touching, repairs what it can, and gives back
 * every byte.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBackup } from '../../src-main/doctor/backups/make-backup.ts';
import type { Expected } from '../../src-main/doctor/examine/expected.ts';
import { makeCase } from '../fixtures/corpus/corpus.ts';
import { damages } from '../fixtures/corpus/damage.ts';
import { score } from '../fixtures/corpus/score.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { aBackup, contextIn, look, repair, undo } from './support/flow-for-test.ts';
import { integrity, sums } from './support/make-database.ts';

const isLong = process.env.HAKGAL_LONG === '1';
const from = Number(process.env.HAKGAL_CORPUS_FROM ?? 0);
const files = Number(process.env.HAKGAL_CORPUS_FILES ?? (isLong ? 1120 : 48));

interface Sum {
  files: number;
  repaired: number;
  untouched: number;
  undone: number;
  truth: number;
  /** In their own tables. */
  right: number;
  /** Found anywhere, side tables included. */
  back: number;
  wrong: number;
}

describe('the doctor on the corpus', () => {
  it(`treats ${files} files, loses no byte of an original and presents no contradicted row as good`, {
    timeout: files > 48 ? 7_200_000 : 240_000,
  }, async () => {
    const folder = temporaryFolder();
    const byDamage = new Map<string, Sum>();
    const failures: string[] = [];
    for (let number = from; number < from + files; number += 1) {
      const one = makeCase(folder, number);
      const label = `${number} ${one.damage.name} (${one.built.animal.name}, ${one.built.pageSize})`;
      const sum = byDamage.get(one.damage.name) ?? {
        files: 0,
        repaired: 0,
        untouched: 0,
        undone: 0,
        truth: 0,
        right: 0,
        back: 0,
        wrong: 0,
      };
      byDamage.set(one.damage.name, sum);
      sum.files += 1;
      rmSync(join(folder, 'doctor'), { recursive: true, force: true });
      const context = contextIn(folder);
      const original = sums(one.path);
      const { sources } = one;
      const statements = sources.profile ?? sources.learned;
      const expected: Expected = {
        profile: null,
        // The tables are left out: what a case's schema lacks is not this test's matter.
        baseline: statements === undefined ? null : { file: '', at: 0, fingerprint: '', statements, tables: [] },
      };
      const backup = sources.backup === undefined ? null : await makeBackup(sources.backup, 3, context);
      await look(context, one.path, expected);
      if (JSON.stringify(sums(one.path)) !== JSON.stringify(original)) failures.push(`${label}: changed by looking`);

      const outcome = await repair(context, one.path, { expected, backup: backup?.ok ? aBackup(backup) : null });
      if (!outcome.ok || outcome.value.done.length === 0) {
        sum.untouched += 1;
        if (JSON.stringify(sums(one.path)) !== JSON.stringify(original))
          failures.push(`${label}: changed without a repair`);
        if (!outcome.ok) failures.push(`${label}: ${outcome.failure.kind}: ${outcome.failure.message}`);
        continue;
      }
      sum.repaired += 1;
      const verdict = integrity(one.path);
      if (verdict !== 'ok') failures.push(`${label}: ${verdict}`);
      const scored = score(one.path, one.built, one.damagedPages, one.damage.losesCommits === true);
      sum.truth += scored.truth;
      sum.right += scored.right;
      sum.back += scored.back;
      sum.wrong += scored.wrong;
      if (scored.wrong > 0)
        failures.push(
          `${label}: ${scored.wrong} wrong after ${outcome.value.done.map(({ id }) => id)}: ${scored.examples[0]}`,
        );
      const undone = await undo(context, one.path, true);
      if (undone.ok && JSON.stringify(sums(one.path)) === JSON.stringify(original)) sum.undone += 1;
      else failures.push(`${label}: not undone (${undone.ok ? 'other bytes' : undone.failure.message})`);
    }
    console.log(
      '| damage | files | repaired | nothing to repair | undone to the same bytes | rows | in place | found | wrong |\n|---|---|---|---|---|---|---|---|---|',
    );
    for (const [name, sum] of byDamage) console.log(`| ${name} | ${Object.values(sum).join(' | ')} |`);
    expect(byDamage.size).toBe(damages.length);
    expect(failures).toEqual([]);
  });
});
