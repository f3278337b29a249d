import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src-main/contract/doctor/jobs.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type DoctorForTest, doctorIn, endOf, repaired } from './support/doctor-for-test.ts';
import { hold } from './support/hold.ts';
import { count, makeKnowledgeBase, sums } from './support/make-database.ts';

async function until(doctor: DoctorForTest, job: Job, is: (job: Job) => boolean): Promise<Job> {
  for await (const state of doctor.jobs.watch(job.id)) if (is(state) || state.endedAt !== null) return state;
  throw new Error('the job is gone');
}

const damaged = (folder: string): string =>
  makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), { without: ['audit_log'] });

describe('a repair while another program has the file open', () => {
  it.skipIf(process.platform !== 'linux')('names it, waits, and goes on by itself once it has let go', async () => {
    const folder = temporaryFolder();
    const file = damaged(folder);
    const doctor = doctorIn(folder);
    const other = await hold(file);
    const original = sums(file);

    const job = doctor.repair({ file, profile: 'hakgal', confirm: 'never' });
    const waiting = await until(doctor, job, ({ state }) => state === 'waiting');
    expect(waiting.question).toMatchObject({
      kind: 'held',
      holders: [{ pid: other.pid, name: 'node', files: [file] }],
    });
    expect(sums(file)).toEqual(original);

    await other.release();
    expect(await endOf(doctor, job)).toMatchObject({ state: 'done', result: { report: { isApplied: true } } });
    expect(count(file, 'audit_log')).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')('fails at once and names it when told not to wait', async () => {
    const folder = temporaryFolder();
    const file = damaged(folder);
    const doctor = doctorIn(folder);
    const other = await hold(file, 'write');
    const answer = await doctor.holders(file);
    expect(answer).toMatchObject({ state: 'held', holders: [{ pid: other.pid, isWriting: true }] });
    const job = await endOf(doctor, doctor.repair({ file, profile: 'hakgal', whenHeld: 'fail' }));
    expect(job).toMatchObject({ state: 'failed', failure: { kind: 'held' } });
    expect(job.failure?.message).toContain(String(other.pid));
    await other.release();
  });

  it.skipIf(process.platform !== 'linux')('leaves the file when the user does not want to wait', async () => {
    const folder = temporaryFolder();
    const file = damaged(folder);
    const original = sums(file);
    const doctor = doctorIn(folder);
    const other = await hold(file);
    const job = doctor.repair({ file, profile: 'hakgal' });
    await until(doctor, job, ({ state }) => state === 'waiting');
    expect(doctor.jobs.answer(job.id, false)).toMatchObject({ ok: true });
    expect(await endOf(doctor, job)).toMatchObject({ state: 'cancelled' });
    await other.release();
    expect(sums(file)).toEqual(original);
  });
});

describe('a job', () => {
  it('shows what it would cost before the swap, and a no leaves everything as it was', async () => {
    const folder = temporaryFolder();
    const file = damaged(folder);
    const original = sums(file);
    const doctor = doctorIn(folder);
    const job = doctor.repair({ file, profile: 'hakgal', confirm: 'always' });
    const asking = await until(doctor, job, ({ state }) => state === 'waiting');
    expect(asking.question).toMatchObject({
      kind: 'confirm',
      report: { isApplied: false, after: { verdict: 'healthy' } },
    });
    doctor.jobs.answer(job.id, false);
    expect(await endOf(doctor, job)).toMatchObject({ state: 'cancelled' });
    expect(sums(file)).toEqual(original);
    expect(readdirSync(folder).filter((name) => name.startsWith('.hakgal-'))).toEqual([]);
    expect(await doctor.undoList(file)).toEqual([]);
  });

  it('goes on when nobody watches, and a second watcher sees the same end', async () => {
    const folder = temporaryFolder();
    const file = damaged(folder);
    const doctor = doctorIn(folder);
    const job = doctor.repair({ file, profile: 'hakgal', confirm: 'never' });
    const controller = new AbortController();
    for await (const _ of doctor.jobs.watch(job.id, controller.signal)) controller.abort();
    expect(await endOf(doctor, job)).toMatchObject({ state: 'done', progress: { percent: 100 } });
    expect(doctor.jobs.list()[0]).toMatchObject({ id: job.id, state: 'done' });
  });

  it('tells a percentage that never falls', async () => {
    const folder = temporaryFolder();
    const doctor = doctorIn(folder);
    const file = damaged(folder);
    const percents: number[] = [];
    using _ = doctor.jobs.subscribe(({ progress }) => percents.push(progress.percent));
    await repaired(doctor, { file, profile: 'hakgal' });
    expect(percents.length).toBeGreaterThan(10);
    expect(percents).toEqual([...percents].sort((one, other) => one - other));
    expect(percents.at(-1)).toBe(100);
  });

  it('that changes a file is alone on it', async () => {
    const folder = temporaryFolder();
    const file = damaged(folder);
    const doctor = doctorIn(folder);
    const first = doctor.repair({ file, profile: 'hakgal', confirm: 'always' });
    await until(doctor, first, ({ state }) => state === 'waiting');
    expect(await endOf(doctor, doctor.undo({ file }))).toMatchObject({ state: 'failed', failure: { kind: 'busy' } });
    const link = join(folder, 'other-name.db');
    symlinkSync(file, link);
    expect(await endOf(doctor, doctor.undo({ file: link }))).toMatchObject({ failure: { kind: 'busy' } });
    await doctor.jobs.cancel(first.id);
  });

  it('can be cancelled at any moment, and leaves nothing behind', { timeout: 240_000 }, async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), { without: ['audit_log'], rows: 2_000 });
    const original = sums(file);
    const doctor = doctorIn(folder);
    // The moments are those that a whole run tells of: each check and each repair of each phase.
    const momentOf = ({ progress: { phase, step } }: Job): string => (step === undefined ? phase : `${phase} ${step}`);
    const moments = new Set<string>();
    const run = async (cancelAt: string | null): Promise<Job> => {
      let isCancelled = false;
      const job = doctor.repair({ file, profile: 'hakgal', confirm: 'always' });
      using _ = doctor.jobs.subscribe((state) => {
        if (state.id !== job.id) return;
        if (cancelAt === null && state.endedAt === null) moments.add(momentOf(state));
        if (isCancelled || (momentOf(state) !== cancelAt && state.question === null)) return;
        isCancelled = true;
        void doctor.jobs.cancel(job.id);
      });
      return await endOf(doctor, job);
    };
    expect(await run(null)).toMatchObject({ state: 'cancelled' });
    expect([...moments].map((moment) => moment.split(' ')[0])).toEqual(
      expect.arrayContaining(['copy', 'examine', 'repair', 'verify', 'confirm']),
    );
    const isFirstOfPhase = (moment: string, index: number, all: readonly string[]): boolean =>
      all.findIndex((other) => other.split(' ')[0] === moment.split(' ')[0]) === index;
    for (const moment of process.env.HAKGAL_LONG === '1' ? moments : [...moments].filter(isFirstOfPhase)) {
      expect(await run(moment), moment).toMatchObject({ state: 'cancelled' });
      expect(sums(file), moment).toEqual(original);
      expect(readdirSync(folder).filter((name) => name.startsWith('.hakgal-'))).toEqual([]);
      expect(readdirSync(join(folder, 'doctor', 'operations')), moment).toEqual([]);
    }
  });

  it('that does not exist can not be cancelled or answered', async () => {
    const doctor = doctorIn(temporaryFolder());
    expect(await doctor.jobs.cancel('nope')).toMatchObject({ ok: false, failure: { kind: 'no-such-job' } });
    expect(doctor.jobs.answer('nope', true)).toMatchObject({ ok: false });
  });
});
