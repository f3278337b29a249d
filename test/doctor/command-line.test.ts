import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type CommandIo, runDoctorCommand } from '../../src-main/command-line/doctor.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { count, factCount, makeKnowledgeBase, sums } from './make-database.ts';

async function run(folder: string, args: readonly string[], confirm: CommandIo['confirm'] = null) {
  let out = '';
  let error = '';
  const io: CommandIo = {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    confirm,
  };
  const code = await runDoctorCommand([...args, '--data-dir', join(folder, 'data')], io);
  return { code, out, error };
}

describe('doctor on the command line', () => {
  it('tells damaged from healthy by its exit code, and takes the profile from the file name', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), { without: ['audit_log'] });
    const damaged = await run(folder, ['diagnose', file, '--json']);
    expect(damaged.code).toBe(3);
    expect(JSON.parse(damaged.out)).toMatchObject({ verdict: 'damaged', profile: 'hakgal' });
    const other = join(folder, 'other.db');
    copyFileSync(file, other);
    expect(await run(folder, ['diagnose', other])).toMatchObject({ code: 0 });
    expect(await run(folder, ['diagnose', other, '--profile', 'hakgal'])).toMatchObject({ code: 3 });
  });

  it('repairs when told yes, and undoes to the same bytes in another process life', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), { without: ['audit_log'] });
    const original = sums(file);
    const dry = await run(folder, ['repair', file, '--dry-run', '--json']);
    expect(dry.code).toBe(0);
    expect(JSON.parse(dry.out)).toMatchObject({ isApplied: false, after: { verdict: 'healthy' } });
    expect(sums(file)).toEqual(original);

    const repaired = await run(folder, ['repair', file, '--yes', '--json']);
    expect(repaired.code).toBe(0);
    expect(JSON.parse(repaired.out)).toMatchObject({ isApplied: true, after: { verdict: 'healthy' } });
    expect(count(file, 'facts')).toBe(factCount);
    expect((await run(folder, ['diagnose', file])).code).toBe(0);

    const undone = await run(folder, ['undo', file, '--json']);
    expect(undone.code).toBe(0);
    expect(JSON.parse(undone.out)).toMatchObject({ isIdentical: true });
    expect(sums(file)).toEqual(original);
  });

  it('asks before it replaces anything, and leaves the file alone when the answer is no', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), { without: ['audit_log'] });
    const original = sums(file);
    const { code, error } = await run(folder, ['repair', file], async () => false);
    expect(code).toBe(1);
    expect(error).toContain('Created audit_log.');
    expect(sums(file)).toEqual(original);
    expect((await run(folder, ['repair', file], async () => true)).code).toBe(0);
    expect(count(file, 'audit_log')).toBe(0);
  });

  it('backs up, lists and restores', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 100 });
    expect((await run(folder, ['backups', file])).out).toBe('No verified backups.\n');
    expect((await run(folder, ['backups', file, '--make'])).code).toBe(0);
    const database = new Database(file);
    database.exec('DELETE FROM facts');
    database.close();
    const [backup] = JSON.parse((await run(folder, ['backups', file, '--json'])).out) as { id: string }[];
    expect((await run(folder, ['backups', file, '--restore', backup?.id ?? ''])).code).toBe(0);
    expect(count(file, 'facts')).toBe(100);
    expect((await run(folder, ['undo', file])).code).toBe(0);
    expect(count(file, 'facts')).toBe(0);
  });

  it.each([
    [[]],
    [['heal', 'x.db']],
    [['diagnose']],
    [['diagnose', 'a.db', 'b.db']],
    [['diagnose', 'a.db', '--nonsense']],
    [['diagnose', 'a.db', '--profile', 'nobody']],
    [['repair', 'a.db']],
    [['backups', 'a.db', '--make', '--restore', 'x']],
  ])('calls %j wrong use', async (args) => {
    const { code, error } = await run(temporaryFolder(), args);
    expect(code).toBe(2);
    expect(error).not.toBe('');
  });

  it('fails with the reason and the next step on what is no database', async () => {
    const folder = temporaryFolder();
    expect(await run(folder, ['diagnose', join(folder, 'nowhere.db'), '--json'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('"not-found"'),
    });
    expect(await run(folder, ['diagnose', folder])).toMatchObject({
      code: 1,
      error: expect.stringContaining('a folder'),
    });
    expect(await run(folder, ['diagnose', '/dev/null'])).toMatchObject({ code: 1 });
    expect(await run(folder, ['undo', makeKnowledgeBase(join(folder, 'a.db'), { rows: 1 })])).toMatchObject({
      code: 1,
    });
    const text = join(folder, 'text.db');
    writeFileSync(text, 'just some words\n'.repeat(2000));
    expect(await run(folder, ['diagnose', text])).toMatchObject({ code: 3 });
    expect(await run(folder, ['repair', text, '--yes'])).toMatchObject({ code: 1 });
    expect(existsSync(`${text}-journal`)).toBe(false);
  });
});
