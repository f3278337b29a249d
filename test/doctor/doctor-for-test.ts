/** A doctor with real threads in a temporary data directory, and a way to wait for a job's end. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Examination, Job, RepairReport } from '../../src-main/contract/doctor.ts';
import { databaseProfiles } from '../../src-main/contract/profile.ts';
import { doctorSettingsSchema } from '../../src-main/contract/settings/doctor.ts';
import { createDoctor } from '../../src-main/doctor/doctor.ts';
import type { Doctor } from '../../src-main/doctor/doctor-types.ts';
import { systemClock } from '../../src-main/platform/clock.ts';

export function doctorIn(folder: string): Doctor {
  const doctor = createDoctor({
    clock: systemClock,
    folder: join(folder, 'doctor'),
    settings: () => doctorSettingsSchema.parse({}),
    profiles: () => databaseProfiles,
  });
  onTestFinished(() => doctor.close());
  return doctor;
}

export async function endOf(doctor: Doctor, job: Job): Promise<Job> {
  let last = job;
  for await (const state of doctor.jobs.watch(job.id)) last = state;
  return last;
}

export async function examined(doctor: Doctor, file: string, profile: string | null = null): Promise<Examination> {
  const { result, failure } = await endOf(doctor, doctor.examine({ file, profile }));
  if (result?.kind !== 'examine') throw new Error(failure?.message ?? 'no examination');
  return result.examination;
}

export async function repaired(doctor: Doctor, input: Parameters<Doctor['repair']>[0]): Promise<RepairReport> {
  const { result, failure } = await endOf(doctor, doctor.repair({ confirm: 'never', ...input }));
  if (result?.kind !== 'repair') throw new Error(failure?.message ?? 'no report');
  return result.report;
}
