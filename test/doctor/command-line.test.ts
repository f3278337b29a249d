import { copyFileSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type CommandIo, runDoctorCommand } from '../../src-main/command-line/doctor.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { hold } from './support/hold.ts';
import { count, factCount, leaveLog, makeKnowledgeBase, sums } from './support/make-database.ts';

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
    const restore = ['backups', file, '--restore', backup?.id ?? ''];
    expect(await run(folder, restore)).toMatchObject({ code: 2, error: expect.stringContaining('Nobody is there') });
    const dry = await run(folder, [...restore, '--dry-run', '--json']);
    expect(JSON.parse(dry.out)).toMatchObject({
      isApplied: false,
      tables: expect.arrayContaining([{ table: 'facts', before: 0, after: 100 }]),
    });
    const refused = await run(folder, restore, async () => false);
    expect(refused.code).toBe(1);
    expect(refused.error).toContain('facts: 0 → 100 rows');
    expect(count(file, 'facts')).toBe(0);
    expect((await run(folder, [...restore, '--yes'])).code).toBe(0);
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

  it('fails with the reason and the next step on what is no database', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const fails = async (args: readonly string[], code: number, words: string): Promise<void> => {
      const said = await run(folder, args);
      expect(said, args.join(' ')).toMatchObject({ code });
      expect(said.out + said.error).toContain(words);
    };
    const loop = join(folder, 'loop.db');
    symlinkSync(loop, loop);
    await fails(['diagnose', join(folder, 'nowhere.db'), '--json'], 1, '"not-found"');
    await fails(['repair', join(folder, 'nowhere.db'), '--yes'], 1, 'There is no file');
    await fails(['undo', join(folder, 'nowhere.db')], 1, 'There is no file');
    await fails(['diagnose', folder], 1, 'is a folder');
    await fails(['diagnose', '/dev/null'], 1, 'no regular file');
    await fails(['diagnose', loop], 1, 'cannot be read');
    await fails(['undo', makeKnowledgeBase(join(folder, 'a.db'), { rows: 1 })], 1, 'No repair of');
    await fails(['backups', join(folder, 'a.db'), '--restore', 'nope', '--yes'], 1, 'no verified backup nope');
    const text = join(folder, 'text.db');
    writeFileSync(text, 'just some words\n'.repeat(2000));
    await fails(['diagnose', text], 3, 'Nothing in the file looks like');
    await fails(['repair', text, '--yes'], 1, 'Restore a backup');
    await fails(['backups', text, '--make'], 1, 'older backups stay');
    expect(readdirSync(folder).sort()).toEqual(['a.db', 'data', 'loop.db', 'text.db']);
  });

  it('calls an empty file an empty database, and damaged where its profile wants tables', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'empty.db');
    writeFileSync(file, '');
    expect(await run(folder, ['diagnose', file])).toMatchObject({ code: 0, out: expect.stringContaining('is empty') });
    expect(await run(folder, ['repair', file, '--yes'])).toMatchObject({ code: 0 });
    expect(readFileSync(file)).toHaveLength(0);
    expect(await run(folder, ['diagnose', file, '--profile', 'hakgal'])).toMatchObject({ code: 3 });
    expect(await run(folder, ['repair', file, '--profile', 'hakgal', '--yes'])).toMatchObject({ code: 0 });
    expect(count(file, 'facts')).toBe(0);
  });

  it('knows the database behind a link by its own name, and repairs that one', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), { without: ['audit_log'], rows: 10 });
    const link = join(folder, 'link.db');
    symlinkSync(file, link);
    expect(await run(folder, ['diagnose', link])).toMatchObject({ code: 3 });
    expect(await run(folder, ['repair', link, '--yes'])).toMatchObject({ code: 0 });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(count(file, 'audit_log')).toBe(0);
  });

  it('reads what is still in the log', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 10 });
    leaveLog(file, "INSERT INTO facts (statement) VALUES ('late')");
    const original = sums(file);
    const { code, out } = await run(folder, ['diagnose', file, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).tables).toContainEqual(expect.objectContaining({ name: 'facts', rows: 11 }));
    expect(sums(file)).toEqual(original);
  });

  it.skipIf(process.platform !== 'linux')(
    'examines under a live writer, and names the writer instead of replacing its file',
    async () => {
      const folder = temporaryFolder();
      const file = makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), {
        without: ['audit_log'],
        rows: 10,
        mode: 'wal',
      });
      const writer = await hold(file, 'write');
      expect(await run(folder, ['diagnose', file])).toMatchObject({ code: 3 });
      expect(await run(folder, ['repair', file, '--yes'])).toMatchObject({
        code: 1,
        error: expect.stringContaining(`process ${writer.pid}`),
      });
      await writer.release();
      expect(await run(folder, ['repair', file, '--yes'])).toMatchObject({ code: 0 });
    },
  );
});
