/** A doctor with real threads in a temporary data directory, and a way to wait for a job's end. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Examination } from '../../../src-main/contract/doctor/examination.ts';
import type { Job } from '../../../src-main/contract/doctor/jobs.ts';
import type { RepairReport } from '../../../src-main/contract/doctor/report.ts';
import {
  type ExamineInput,
  examineSchema,
  type RepairInput,
  type RestoreInput,
  repairSchema,
  restoreSchema,
  type UndoInput,
  undoSchema,
} from '../../../src-main/contract/doctor/requests.ts';
import { databaseProfiles } from '../../../src-main/contract/profile.ts';
import { doctorSettingsSchema } from '../../../src-main/contract/settings/doctor.ts';
import { createDoctor, type DoctorDeps } from '../../../src-main/doctor/doctor.ts';
import type { Doctor } from '../../../src-main/doctor/doctor-types.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';

/** Takes requests as they come over the wire, with defaults left out. */
export interface DoctorForTest extends Omit<Doctor, 'examine' | 'plan' | 'repair' | 'undo' | 'restore'> {
  examine(input: ExamineInput): Job;
  plan(input: ExamineInput): Job;
  repair(input: RepairInput): Job;
  undo(input: UndoInput): Job;
  restore(input: RestoreInput): Job;
}

export function doctorIn(folder: string, more: Partial<DoctorDeps> = {}): DoctorForTest {
  const doctor = createDoctor({
    clock: systemClock,
    folder: join(folder, 'doctor'),
    settings: () => doctorSettingsSchema.parse({}),
    profiles: () => databaseProfiles,
    ...more,
  });
  onTestFinished(() => doctor.close());
  return {
    ...doctor,
    examine: (input) => doctor.examine(examineSchema.parse(input)),
    plan: (input) => doctor.plan(examineSchema.parse(input)),
    repair: (input) => doctor.repair(repairSchema.parse(input)),
    undo: (input) => doctor.undo(undoSchema.parse(input)),
    restore: (input) => doctor.restore(restoreSchema.parse(input)),
  };
}

export async function endOf(doctor: DoctorForTest, job: Job): Promise<Job> {
  let last = job;
  for await (const state of doctor.jobs.watch(job.id)) last = state;
  return last;
}

export async function examined(
  doctor: DoctorForTest,
  file: string,
  profile: string | null = null,
): Promise<Examination> {
  const { result, failure } = await endOf(doctor, doctor.examine({ file, profile }));
  if (result?.kind !== 'examine') throw new Error(failure?.message ?? 'no examination');
  return result.examination;
}

export async function repaired(doctor: DoctorForTest, input: RepairInput): Promise<RepairReport> {
  const { result, failure } = await endOf(doctor, doctor.repair({ confirm: 'never', ...input }));
  if (result?.kind !== 'repair') throw new Error(failure?.message ?? 'no report');
  return result.report;
}
