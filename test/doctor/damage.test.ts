import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { RepairReport } from '../../src-main/contract/doctor/report.ts';
import type { Values } from '../../src-main/contract/text/message.ts';
import { tryFillIn } from '../../src-main/contract/text/message.ts';
import { valueFormats } from '../../src-main/contract/text/value-formats.ts';
import { createMessageCatalogue } from '../../src-main/core/message-owners.ts';
import { makeBackup } from '../../src-main/doctor/backups/make-backup.ts';
import { checks } from '../../src-main/doctor/checks/index.ts';
import { repairs } from '../../src-main/doctor/repairs/index.ts';
import { textsOfRepair } from '../../src-main/messages/texts-of.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { damageStories, makeHurt } from './stories/stories.ts';
import { aBackup, contextIn, look, repair, undo } from './support/flow-for-test.ts';
import { count, factCount, integrity, makeKnowledgeBase, overwrite, sums } from './support/make-database.ts';

const foundBy = new Set<string>();
const ran = new Set<string>();

describe.each(damageStories)('$name', (story) => {
  it('is found without touching the file, repaired, and taken back byte for byte', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'kb.db');
    makeHurt(file, story);
    const original = sums(file);
    const beside = readdirSync(folder).sort();
    const context = contextIn(folder);

    const examination = await look(context, file, story.expected);
    expect(examination.findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...story.finds]));
    expect(examination.verdict).toBe(story.verdict);
    for (const { check } of examination.findings) foundBy.add(check);
    expect(sums(file)).toEqual(original);
    expect(readdirSync(folder).sort()).toEqual([...new Set([...beside, 'doctor'])].sort());

    const chosen = story.alsoChosen === undefined ? {} : { chosen: story.alsoChosen };
    const outcome = await repair(context, file, { ...chosen, ...(story.expected && { expected: story.expected }) });
    if ('fails' in story.runs) {
      expect(outcome).toMatchObject({ ok: false, failure: { kind: story.runs.fails } });
      expect(sums(file)).toEqual(original);
      return;
    }
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    const report = outcome.value;
    expect(report.done.map(({ id }) => id)).toEqual(expect.arrayContaining([...story.runs]));
    for (const { id } of report.done) ran.add(id);
    expect(unsaid(report)).toEqual([]);
    if (story.notes !== undefined) expect(report.notes.map(({ message }) => message).join('\n')).toMatch(story.notes);
    expect(report.after.verdict).toBe('healthy');
    expect(integrity(file)).toBe(story.leaves ?? 'ok');
    if (story.facts !== undefined) expect(count(file, 'facts')).toBe(story.facts);
    if (story.factsAtLeast !== undefined) expect(count(file, 'facts')).toBeGreaterThanOrEqual(story.factsAtLeast);
    expect(readdirSync(folder).filter((name) => name.startsWith('.hakgal-'))).toEqual([]);

    if (report.done.length === 0) return expect(sums(file)).toEqual(original);
    expect(await undo(context, file, true)).toMatchObject({ ok: true });
    expect(sums(file)).toEqual(original);
  });
});

describe('with a verified backup', () => {
  const prepare = async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'));
    const context = contextIn(folder);
    const backup = aBackup(await makeBackup(file, 3, context));
    return { folder, file, context, backup };
  };

  it('replaces what is no database any more', async () => {
    const { file, context, backup } = await prepare();
    writeFileSync(file, 'garbage '.repeat(60_000));
    const outcome = await repair(context, file, { backup });
    expect(outcome).toMatchObject({ ok: true, value: { done: [{ id: 'restore-backup' }] } });
    ran.add('restore-backup');
    expect(count(file, 'facts')).toBe(factCount);
  });

  it('brings rows back that the damage took, when the user says so', async () => {
    const { file, context, backup } = await prepare();
    const database = new Database(file, { readonly: true });
    const leaf = database
      .prepare(`SELECT pageno FROM dbstat WHERE name = 'facts' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 5`)
      .pluck()
      .get() as number;
    database.close();
    overwrite(file, (leaf - 1) * 4096, Buffer.alloc(4096));
    const outcome = await repair(context, file, { backup, chosen: ['salvage-rows', 'merge-backup'] });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    expect(outcome.value.done.map(({ id }) => id)).toEqual(['salvage-rows', 'merge-backup']);
    ran.add('merge-backup');
    expect(count(file, 'facts')).toBe(factCount);
  });
});

describe('the lists', () => {
  it('name each check and repair after its file', () => {
    const filesIn = (folder: string, others: readonly string[]): string[] =>
      readdirSync(new URL(`../../src-main/doctor/${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => basename(name, '.ts'))
        .filter((name) => !others.includes(name))
        .sort();
    expect(checks.map(({ id }) => id).sort()).toEqual(filesIn('checks', ['check', 'finding', 'index']));
    expect(repairs.map(({ id }) => id).sort()).toEqual(
      filesIn('repairs', ['repair', 'index', 'settle', 'needs-salvage', 'rows-without-entry', 'without-triggers']),
    );
  });

  it('have a story for every check and every repair', () => {
    expect(checks.map(({ id }) => id).filter((id) => !foundBy.has(id))).toEqual([]);
    expect(repairs.map(({ id }) => id).filter((id) => !ran.has(id))).toEqual([]);
  });
});

/** What a dashboard would have to show in the words of the command line. */
function unsaid({ before, after, done, notes }: RepairReport): readonly string[] {
  const { texts } = createMessageCatalogue(() => []).list('de', repairs.map(textsOfRepair));
  const isSaid = (code: string, values: Values = {}): boolean =>
    tryFillIn(texts[code] ?? '{lacking}', values, valueFormats('de')) !== undefined;
  return [
    ...[...before.findings, ...after.findings].filter(
      ({ kind, values, place }) => !isSaid(`finding.${kind}`, { ...(place as Values), ...values }),
    ),
    ...done.filter(({ code, values }) => !isSaid(code, values)),
    ...notes.filter(({ kind, values }) => !isSaid(`note.${kind}`, values)),
  ].map((one) => JSON.stringify(one));
}
