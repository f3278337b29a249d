/** A database that was deleted, emptied, or whose place something else took: what is told, and how it comes back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CommandIo, runDoctorCommand } from '../../../src-main/command-line/doctor.ts';
import { makeBackup } from '../../../src-main/doctor/backups/make-backup.ts';
import { nothingExpected } from '../../../src-main/doctor/examine/expected.ts';
import { readOperation } from '../../../src-main/doctor/flow/operation/operation.ts';
import { prepareRepair } from '../../../src-main/doctor/flow/repair/repair-flow.ts';
import { commit } from '../../../src-main/doctor/flow/swap/commit.ts';
import { recover } from '../../../src-main/doctor/flow/swap/recover.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { doctorIn, endOf, examined, repaired } from '../support/doctor-for-test.ts';
import { aBackup, contextIn } from '../support/flow-for-test.ts';
import { count, leaveLog, makeKnowledgeBase, sums } from '../support/make-database.ts';

const damagedIn = (folder: string): string =>
  makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), { without: ['audit_log'], rows: 200 });

const vanish = (file: string): void => {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(file + part, { force: true });
};

describe('a database file that was deleted', { timeout: 120_000 }, () => {
  it('is told as missing, with its newest backup as the repair, and one click brings it back', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 200 });
    chmodSync(file, 0o640);
    const doctor = doctorIn(folder);
    expect(await endOf(doctor, doctor.backUp(file))).toMatchObject({ state: 'done' });
    vanish(file);

    expect(await examined(doctor, file)).toMatchObject({
      verdict: 'damaged',
      findings: [{ kind: 'file-missing', severity: 'critical' }],
    });
    const plan = await endOf(doctor, doctor.plan({ file }));
    expect(plan.result).toMatchObject({
      plan: { repairs: [{ id: 'restore-backup', isChosen: true, answers: ['file-missing'] }], unanswered: [] },
    });

    const report = await repaired(doctor, { file });
    expect(report).toMatchObject({
      sha256Before: '',
      undoId: null,
      isApplied: true,
      after: { verdict: 'healthy' },
      done: [{ id: 'restore-backup' }],
      tables: [
        { table: 'audit_log', before: null, after: 0 },
        { table: 'facts', before: null, after: 200 },
      ],
    });
    expect(count(file, 'facts')).toBe(200);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    // Where no file was, there is nothing to take back.
    expect(await doctor.undoList(file)).toEqual([]);
  });

  it('is restored from a chosen backup, and what lay beside it can not get in', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 200 });
    const doctor = doctorIn(folder);
    const made = await endOf(doctor, doctor.backUp(file));
    if (made.result?.kind !== 'backup') throw new Error('no backup');
    leaveLog(file, 'DELETE FROM facts');
    rmSync(file);
    const restored = await endOf(doctor, doctor.restore({ file, backupId: made.result.backup.id, confirm: 'never' }));
    expect(restored).toMatchObject({ state: 'done', result: { report: { after: { verdict: 'healthy' } } } });
    expect(Object.keys(sums(file))).toEqual(['']);
    expect(count(file, 'facts')).toBe(200);
  });

  it.each(['a single file', 'a file with a log'])(
    'comes back byte for byte, with owner and mode, when its repair is taken back: %s',
    async (kept) => {
      const folder = temporaryFolder();
      const file = damagedIn(folder);
      if (kept === 'a file with a log') leaveLog(file, "INSERT INTO facts (statement) VALUES ('in the log')");
      chmodSync(file, 0o644);
      const original = sums(file);
      const doctor = doctorIn(folder);
      await repaired(doctor, { file, profile: 'hakgal' });
      vanish(file);
      expect(await doctor.undoList(file)).toMatchObject([{ kind: 'repair', isChangedSince: false }]);
      const undone = await endOf(doctor, doctor.undo({ file }));
      expect(undone).toMatchObject({ state: 'done', result: { report: { isIdentical: true, undoId: null } } });
      expect(sums(file)).toEqual(original);
      expect(statSync(file).mode & 0o777).toBe(0o644);
    },
  );

  it('without any backup is told, and so is that nothing here can bring it back', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 10 });
    const doctor = doctorIn(folder);
    expect(await examined(doctor, file)).toMatchObject({ verdict: 'healthy' });
    vanish(file);
    const plan = await endOf(doctor, doctor.plan({ file }));
    expect(plan.result).toMatchObject({ plan: { repairs: [], unanswered: [{ kind: 'file-missing' }] } });
    const job = await endOf(doctor, doctor.repair({ file, confirm: 'never' }));
    expect(job).toMatchObject({ state: 'failed', failure: { kind: 'nothing-helps' } });
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(join(folder, 'doctor', 'operations'))).toEqual([]);
  });

  it('that nobody here has ever seen is a mistyped path', async () => {
    const folder = temporaryFolder();
    const doctor = doctorIn(folder);
    const file = join(folder, 'nowhere.db');
    for (const begin of [doctor.examine, doctor.repair, doctor.undo])
      expect(await endOf(doctor, begin({ file }))).toMatchObject({ failure: { kind: 'not-found' } });
  });

  it.skipIf(process.platform !== 'linux')('and is still open in a program is not put back under it', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 10 });
    const doctor = doctorIn(folder);
    await endOf(doctor, doctor.backUp(file));
    const other = spawn('tail', ['-f', file], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');
    vanish(file);
    const job = await endOf(doctor, doctor.repair({ file, confirm: 'never', whenHeld: 'fail' }));
    expect(job).toMatchObject({ failure: { kind: 'held' } });
    expect(job.failure?.message).toContain(`tail (process ${other.pid})`);
  });

  it('on the command line: diagnose finds it damaged, repair and backups --restore bring it back', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 100 });
    const run = async (...args: string[]) => {
      let out = '';
      const take = (text: string): void => {
        out += text;
      };
      const io: CommandIo = { out: take, error: take, confirm: null };
      const code = await runDoctorCommand([...args, '--data-dir', join(folder, 'data')], io);
      return { code, out };
    };
    expect((await run('backups', file, '--make')).code).toBe(0);
    vanish(file);
    const diagnosed = await run('diagnose', file, '--json');
    expect(diagnosed.code).toBe(3);
    expect(JSON.parse(diagnosed.out)).toMatchObject({ verdict: 'damaged', findings: [{ kind: 'file-missing' }] });
    const fixed = await run('repair', file, '--yes');
    expect(fixed).toMatchObject({ code: 0 });
    expect(fixed.out).not.toContain('undo');
    vanish(file);
    const [backup] = JSON.parse((await run('backups', file, '--json')).out) as { id: string }[];
    const restored = await run('backups', file, '--restore', backup?.id ?? '', '--yes', '--json');
    expect(restored.code).toBe(0);
    expect(JSON.parse(restored.out)).toMatchObject({ isApplied: true, undoId: null });
    expect(count(file, 'facts')).toBe(100);
  });
});

describe('a database of 0 bytes', { timeout: 120_000 }, () => {
  it('gets its newest backup back in one click, and its originals by taking the repair back', async () => {
    const folder = temporaryFolder();
    const file = damagedIn(folder);
    const original = sums(file);
    const doctor = doctorIn(folder);
    await repaired(doctor, { file, profile: 'hakgal' });
    writeFileSync(file, '');
    expect(await endOf(doctor, doctor.undo({ file }))).toMatchObject({ state: 'done' });
    expect(sums(file)).toEqual(original);

    await endOf(doctor, doctor.backUp(file));
    writeFileSync(file, '');
    const report = await repaired(doctor, { file });
    expect(report.done.map(({ id }) => id)).toEqual(['restore-backup']);
    expect(count(file, 'facts')).toBe(200);
    expect(await endOf(doctor, doctor.undo({ file }))).toMatchObject({ state: 'done' });
    expect(statSync(file).size).toBe(0);
  });
});

describe('the place of a database', { timeout: 120_000 }, () => {
  it('that a folder took is not written over', async () => {
    const folder = temporaryFolder();
    const file = damagedIn(folder);
    const doctor = doctorIn(folder);
    await repaired(doctor, { file, profile: 'hakgal' });
    await endOf(doctor, doctor.backUp(file));
    const backupId = (await doctor.backups(file))[0]?.id ?? '';
    vanish(file);
    mkdirSync(file);
    for (const begin of [doctor.undo, doctor.repair, () => doctor.restore({ file, backupId })]) {
      const { failure } = await endOf(doctor, begin({ file }));
      expect(failure).toMatchObject({ kind: 'not-a-file' });
      expect(`${failure?.message} ${failure?.next}`).toMatch(/is a folder.*move it away/);
    }
    expect(readdirSync(file)).toEqual([]);
  });

  it('behind a link is not written through it', async () => {
    const folder = temporaryFolder();
    const file = damagedIn(folder);
    const link = join(folder, 'link.db');
    symlinkSync(file, link);
    const doctor = doctorIn(folder);
    await repaired(doctor, { file: link, profile: 'hakgal' });
    vanish(file);
    const { failure } = await endOf(doctor, doctor.undo({ file: link }));
    expect(failure).toMatchObject({ kind: 'not-found' });
    expect(`${failure?.message} ${failure?.next}`).toContain(`is a link to ${file}`);
    expect(existsSync(file)).toBe(false);
    // Through a link to its folder it is the same file.
    symlinkSync(folder, join(folder, 'here'));
    expect(await endOf(doctor, doctor.undo({ file: join(folder, 'here', 'hexagonal_kb.db') }))).toMatchObject({
      state: 'done',
    });
    expect(existsSync(file)).toBe(true);
  });

  it('where a program made a new file meanwhile keeps that, before the swap and after a crash in it', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 10 });
    const context = contextIn(folder);
    const backup = aBackup(await makeBackup(file, 1, context));
    const prepare = async (): Promise<string> => {
      vanish(file);
      writeFileSync(`${file}-wal`, 'left of another life');
      const request = { file, kind: 'restore', expected: nothingExpected, backup, includeDoubtful: false } as const;
      const prepared = await prepareRepair(request, context);
      if (!prepared.ok) throw new Error(prepared.failure.message);
      return prepared.value.operationId as string;
    };
    const operationOf = (id: string) =>
      readOperation(context.places, id) as NonNullable<ReturnType<typeof readOperation>>;

    const first = operationOf(await prepare());
    writeFileSync(file, 'new');
    expect(await commit(first, context)).toMatchObject({ ok: false, failure: { kind: 'changed-meanwhile' } });
    expect(readFileSync(file, 'utf8')).toBe('new');

    const second = operationOf(await prepare());
    const crash = new Error('crash');
    const onStep = (step: string, when: string): void => {
      if (step === 'placing-log' && when === 'after') throw crash;
    };
    await commit(second, { ...context, onStep });
    writeFileSync(file, 'new');
    expect(recover(context, 'all')).toMatchObject([{ end: 'taken-back' }, { end: 'taken-back' }]);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(folder).filter((name) => name.startsWith('.hakgal-'))).toEqual([]);
  });

  it('that a program uses already when a crash in the swap is put right keeps what it wrote', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 10 });
    const context = contextIn(folder);
    const backup = aBackup(await makeBackup(file, 1, context));
    vanish(file);
    const request = { file, kind: 'restore', expected: nothingExpected, backup, includeDoubtful: false } as const;
    const prepared = await prepareRepair(request, context);
    if (!prepared.ok) throw new Error(prepared.failure.message);
    const operation = readOperation(context.places, prepared.value.operationId as string);
    const onStep = (step: string): void => {
      if (step === 'settled') throw new Error('crash');
    };
    if (operation !== null) await commit(operation, { ...context, onStep });
    const program = new Database(file);
    onTestFinished(() => void program.close());
    program.pragma('journal_mode = WAL');
    program.exec("INSERT INTO facts (statement) VALUES ('meanwhile')");
    expect(recover(context, 'all')).toMatchObject([{ end: 'finished' }]);
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(count(file, 'facts')).toBe(11);
  });
});
