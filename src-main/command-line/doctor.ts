/** `hakgal-monitor doctor …`: the same doctor as in the app, for servers and scripts. */
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Examination } from '../contract/doctor/examination.ts';
import type { Job, JobResult } from '../contract/doctor/jobs.ts';
import { type Failure, failed, type Outcome, ok } from '../contract/outcome.ts';
import { databaseProfiles } from '../contract/profile.ts';
import { createDoctor } from '../doctor/doctor.ts';
import type { Doctor } from '../doctor/doctor-types.ts';
import { describeLeftover } from '../doctor/leftovers.ts';
import { ownProfiles } from '../doctor/own-profiles.ts';
import { systemClock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { dataPaths, defaultDataDir, realPath } from '../platform/paths.ts';
import { keepHeapSmall } from '../platform/small-heap.ts';
import { openSettings } from '../settings/settings-store.ts';
import { type DoctorOptions, doctorUsage, parseDoctorOptions } from './doctor-options.ts';
import { describeBackups, describeExamination, describeReport, describeUndo } from './doctor-text.ts';

export interface CommandIo {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Asks a yes-or-no question; null where nobody is there to answer. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  /** Ctrl-C. */
  readonly signal?: AbortSignal;
}

export const exitCodes = { fine: 0, failed: 1, wrongUse: 2, damaged: 3 } as const;

export async function runDoctorCommand(args: readonly string[], io: CommandIo = terminal()): Promise<number> {
  const parsed = parseDoctorOptions(args, environment);
  if (!parsed.ok) {
    io.error(`${parsed.failure.message}\n\n${doctorUsage}`);
    return exitCodes.wrongUse;
  }
  if (parsed.value === 'help') {
    io.out(doctorUsage);
    return exitCodes.fine;
  }
  const options = parsed.value;
  const replaces = options.verb === 'repair' || options.restores !== undefined;
  if (replaces && !options.isYes && !options.isDryRun && io.confirm === null) {
    io.error(`Nobody is there to be asked: say --yes, or --dry-run to only look.\n\n${doctorUsage}`);
    return exitCodes.wrongUse;
  }
  using _heap = keepHeapSmall(systemClock);
  const paths = dataPaths(options.dataDir ?? defaultDataDir());
  const settings = openSettings(paths.settings, systemClock).current;
  const profiles = [...databaseProfiles, ...ownProfiles(settings.profiles)];
  if (options.profile !== undefined && !profiles.some(({ id }) => id === options.profile)) {
    io.error(`There is no profile "${options.profile}"; there are: ${profiles.map(({ id }) => id).join(', ')}.\n`);
    return exitCodes.wrongUse;
  }
  const names = [options.file, realPath(options.file)].map((path) => basename(path));
  const byName = profiles.find(({ fileNames }) => names.some((name) => fileNames.includes(name)));
  const doctor = createDoctor({
    clock: systemClock,
    folder: paths.doctor,
    settings: () => settings.doctor,
    profiles: () => profiles,
  });
  try {
    for (const leftover of await doctor.start()) io.error(`${describeLeftover(leftover)}\n`);
    return await run(doctor, { ...options, profile: options.profile ?? byName?.id }, io);
  } finally {
    await doctor.close();
  }
}

async function run(doctor: Doctor, options: DoctorOptions, io: CommandIo): Promise<number> {
  const { verb, file, isJson } = options;
  const profile = options.profile ?? null;
  const whenHeld = options.waits ? 'wait' : 'fail';
  const finish = async (job: Job, describe: (result: JobResult) => string): Promise<Outcome<JobResult>> => {
    const outcome = await follow(doctor, job, io);
    if (!outcome.ok) printFailure(outcome.failure, isJson, io);
    else io.out(isJson ? `${JSON.stringify(contentOf(outcome.value), null, 2)}\n` : describe(outcome.value));
    return outcome;
  };

  switch (verb) {
    case 'diagnose': {
      const outcome = await finish(doctor.examine({ file, profile, isThorough: true }), (result) =>
        result.kind === 'examine' ? describeExamination(result.examination) : '',
      );
      return outcome.ok && outcome.value.kind === 'examine' ? codeOf(outcome.value.examination) : exitCodes.failed;
    }
    case 'repair': {
      const confirm = options.isYes || options.isDryRun ? 'never' : 'always';
      const { isDryRun, includeDoubtful } = options;
      const outcome = await finish(
        doctor.repair({ file, profile, isDryRun, confirm, whenHeld, includeDoubtful }),
        (result) => (result.kind === 'repair' ? describeReport(result.report) : ''),
      );
      return outcome.ok ? exitCodes.fine : exitCodes.failed;
    }
    case 'undo': {
      const outcome = await finish(doctor.undo({ file, isChangeAccepted: options.isYes, whenHeld }), (result) =>
        result.kind === 'undo' ? describeUndo(result.report) : '',
      );
      const isBack = outcome.ok && outcome.value.kind === 'undo' && outcome.value.report.isIdentical;
      return isBack ? exitCodes.fine : exitCodes.failed;
    }
    case 'backups': {
      if (options.makesBackup)
        return (
          await finish(doctor.backUp(file), (result) =>
            result.kind === 'backup' ? describeBackups([result.backup]) : '',
          )
        ).ok
          ? exitCodes.fine
          : exitCodes.failed;
      if (options.restores !== undefined) {
        const restore = doctor.restore({
          file,
          backupId: options.restores,
          whenHeld,
          isDryRun: options.isDryRun,
          confirm: options.isYes ? 'never' : 'always',
        });
        const outcome = await finish(restore, (result) =>
          result.kind === 'restore' ? describeReport(result.report) : '',
        );
        return outcome.ok ? exitCodes.fine : exitCodes.failed;
      }
      const backups = await doctor.backups(file);
      io.out(isJson ? `${JSON.stringify(backups, null, 2)}\n` : describeBackups(backups));
      return exitCodes.fine;
    }
  }
}

/** To the job's end; its question is put to the user on the way. */
async function follow(doctor: Doctor, job: Job, io: CommandIo): Promise<Outcome<JobResult>> {
  const onInterrupt = (): void => void doctor.jobs.cancel(job.id);
  io.signal?.addEventListener('abort', onInterrupt, { once: true });
  let last = job;
  let hasSaidHeld = false;
  for await (const state of doctor.jobs.watch(job.id)) {
    last = state;
    if (state.question?.kind === 'confirm') {
      io.error(describeReport(state.question.report));
      doctor.jobs.answer(
        job.id,
        (await io.confirm?.(
          job.kind === 'restore' ? 'Replace the file by the backup?' : 'Replace the file by the repaired one?',
        )) === true,
      );
    } else if (state.question?.kind === 'held' && !hasSaidHeld) {
      hasSaidHeld = true;
      const names = state.question.holders.map(({ name, pid }) => `${name} (${pid})`).join(', ');
      io.error(`Waiting for ${names || 'the program that has the file open'}…\n`);
    }
  }
  io.signal?.removeEventListener('abort', onInterrupt);
  if (last.result !== null) return ok(last.result);
  if (last.failure !== null) return { ok: false, failure: last.failure };
  return failed('cancelled', { file: last.file });
}

/** Damage has a code of its own; what can't be told or read is a failure, never fine. */
function codeOf({ verdict }: Examination): number {
  switch (verdict) {
    case 'healthy':
      return exitCodes.fine;
    case 'damaged':
    case 'not-a-database':
      return exitCodes.damaged;
    case 'unknown':
    case 'encrypted':
      return exitCodes.failed;
  }
}

function contentOf(result: JobResult): unknown {
  switch (result.kind) {
    case 'examine':
      return result.examination;
    case 'plan':
      return result.plan;
    case 'backup':
      return result.backup;
    case 'repair':
    case 'undo':
    case 'restore':
      return result.report;
  }
}

function printFailure(failure: Failure, isJson: boolean, io: CommandIo): void {
  if (isJson) io.out(`${JSON.stringify({ error: failure }, null, 2)}\n`);
  else io.error(`${failure.message}\n${failure.next}\n`);
}

function terminal(): CommandIo {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  process.once('SIGTERM', () => controller.abort());
  const confirm = async (question: string): Promise<boolean> => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
    } finally {
      lines.close();
    }
  };
  return {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    confirm: process.stdin.isTTY ? confirm : null,
    signal: controller.signal,
  };
}
