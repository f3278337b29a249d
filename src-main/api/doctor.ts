/** Examine, plan, repair, undo, backups and their jobs: the procedures of contract/doctor.ts. */
import { implement } from '@orpc/server';
import { doctorContract } from '../contract/doctor/doctor.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { Doctor } from '../doctor/doctor-types.ts';
import { valueOrThrow } from './value-or-throw.ts';

export function doctorProcedures(doctor: Doctor) {
  const os = implement(doctorContract).doctor;
  return {
    doctor: os.router({
      examine: os.examine.handler(({ input }) => doctor.examine(input)),
      plan: os.plan.handler(({ input }) => doctor.plan(input)),
      repair: os.repair.handler(({ input }) => doctor.repair(input)),
      undo: os.undo.handler(({ input }) => doctor.undo(input)),
      undoList: os.undoList.handler(({ input }) => doctor.undoList(input.file)),
      holders: os.holders.handler(({ input }) => doctor.holders(input.file)),
      acceptSchema: os.acceptSchema.handler(({ input }) => doctor.acceptSchema(input.file)),
      jobs: os.jobs.router({
        list: os.jobs.list.handler(() => doctor.jobs.list()),
        watch: os.jobs.watch.handler(({ input, signal, errors }) => {
          valueOrThrow(known(doctor, input.id), errors);
          return doctor.jobs.watch(input.id, signal);
        }),
        cancel: os.jobs.cancel.handler(async ({ input, errors }) =>
          valueOrThrow(await doctor.jobs.cancel(input.id), errors),
        ),
        answer: os.jobs.answer.handler(({ input, errors }) =>
          valueOrThrow(doctor.jobs.answer(input.id, input.goOn), errors),
        ),
      }),
      backups: os.backups.router({
        list: os.backups.list.handler(({ input }) => doctor.backups(input.file)),
        make: os.backups.make.handler(({ input }) => doctor.backUp(input.file)),
        restore: os.backups.restore.handler(({ input }) => doctor.restore(input)),
      }),
    }),
  };
}

const known = (doctor: Doctor, id: string): Outcome<null> =>
  doctor.jobs.list().some((job) => job.id === id) ? ok(null) : failed('no-such-job', { job: id });
