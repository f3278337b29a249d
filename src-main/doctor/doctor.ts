/**
 * The doctor on the main thread: starts jobs, each with a thread of its own, and carries questions and answers between
 * them and the user.
 */
import { mkdirSync } from 'node:fs';
import type { Job, JobResult } from '../contract/doctor/jobs.ts';
import type { RepairReport } from '../contract/doctor/report.ts';
import type { UndoReport } from '../contract/doctor/undo.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { DatabaseProfile } from '../contract/profile.ts';
import type { DoctorSettings } from '../contract/settings/doctor.ts';
import type { Clock } from '../platform/clock.ts';
import { realPath } from '../platform/paths.ts';
import type { Doctor } from './doctor-types.ts';
import { placesIn } from './flow/operation/places.ts';
import { isSomethingLost } from './flow/repair/verify.ts';
import { hasLeftovers } from './flow/swap/recover.ts';
import { createJobs, type JobHandle } from './jobs/jobs.ts';
import { listenTo } from './jobs/listen-to.ts';
import { type Swapping, swapWhenFree } from './jobs/swap-when-free.ts';
import { type Thread, withThread } from './jobs/with-thread.ts';

export interface DoctorDeps {
  readonly clock: Clock;
  /** Everything the doctor keeps lies here. */
  readonly folder: string;
  readonly settings: () => DoctorSettings;
  readonly profiles: () => readonly DatabaseProfile[];
  /** Makes our own probes and the demo let go of the file until disposed. */
  readonly release?: (file: string) => Promise<AsyncDisposable>;
}

export function createDoctor(deps: DoctorDeps): Doctor {
  const { clock, folder } = deps;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const jobs = createJobs(clock, () => crypto.randomUUID().slice(0, 8));
  const busy = new Set<string>();

  const profileOf = (id: string | null): DatabaseProfile | null =>
    deps.profiles().find((profile) => profile.id === id) ?? null;
  const unknownProfile = (id: string | null): Outcome<never> | null =>
    id === null || profileOf(id) !== null ? null : failed('unknown-profile', { profile: id });

  const inThread = <T>(id: string, work: (thread: Thread) => Promise<T>): Promise<T> =>
    withThread({ folder, clock }, id, work);
  const ask = <T>(work: (thread: Thread) => Promise<T>): Promise<T> => inThread(crypto.randomUUID().slice(0, 8), work);

  /** One job that changes a file at a time, by whatever name each calls it. */
  const alone = async <T>(given: string, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const file = realPath(given);
    if (busy.has(file)) return failed('busy', { file });
    busy.add(file);
    try {
      return await work();
    } finally {
      busy.delete(file);
    }
  };

  const swap = async <P, R>(swapping: Omit<Swapping<P, R>, 'clock' | 'undoLimits'>): Promise<Outcome<R>> => {
    await using _released = (await deps.release?.(swapping.file)) ?? nothingHeld;
    return await swapWhenFree({ ...swapping, clock, undoLimits: () => deps.settings().undo });
  };

  const swapRepair = (
    thread: Thread,
    file: string,
    handle: JobHandle,
    whenHeld: 'wait' | 'fail',
    prepare: () => Promise<Outcome<{ readonly operationId: string | null; readonly report: RepairReport }>>,
    mayApply: (report: RepairReport) => Promise<'yes' | 'no' | 'dry'>,
  ): Promise<Outcome<RepairReport>> =>
    swap({
      thread,
      file,
      handle,
      waits: whenHeld === 'wait',
      prepare,
      confirm: async ({ operationId, report }) => {
        if (operationId === null) return ok(null);
        const answer = await mayApply(report);
        if (answer === 'yes') return ok(operationId);
        await thread.call('discard', operationId);
        if (answer === 'dry') return ok(null);
        return failed('cancelled', { file });
      },
      commit: (id) => thread.call('commitRepair', id, { onProgress: listenTo(handle) }),
      unchanged: ({ report }) => report,
    });

  const start = (
    kind: Job['kind'],
    file: string,
    work: (thread: Thread, handle: JobHandle) => Promise<Outcome<JobResult>>,
  ): Job => jobs.start(kind, file, (handle, id) => inThread(id, (thread) => work(thread, handle)));

  const options = (handle: JobHandle) => ({ signal: handle.signal, onProgress: listenTo(handle) });

  return {
    jobs,

    start: async () => {
      // Most starts find nothing; a thread is made only where something was left.
      if (!hasLeftovers(placesIn(folder))) return [];
      return ask((thread) => thread.call('recover', 'all'));
    },

    examine: (input) => {
      return start('examine', input.file, async (thread, handle) => {
        const wrong = unknownProfile(input.profile);
        if (wrong !== null) return wrong;
        const profile = profileOf(input.profile);
        const outcome = await thread.call('examine', { ...input, profile }, options(handle));
        return outcome.ok ? ok({ kind: 'examine', examination: outcome.value }) : outcome;
      });
    },

    plan: (input) => {
      return start('plan', input.file, async (thread, handle) => {
        const wrong = unknownProfile(input.profile);
        if (wrong !== null) return wrong;
        const profile = profileOf(input.profile);
        const outcome = await thread.call('plan', { ...input, profile }, options(handle));
        return outcome.ok ? ok({ kind: 'plan', plan: outcome.value }) : outcome;
      });
    },

    repair: (input) => {
      return start('repair', input.file, (thread, handle) =>
        alone(input.file, async () => {
          const wrong = unknownProfile(input.profile);
          if (wrong !== null) return wrong;
          const { file, includeDoubtful, repairs: chosen } = input;
          const request = {
            file,
            includeDoubtful,
            profile: profileOf(input.profile),
            ...(chosen !== undefined && { chosen }),
          };
          const outcome = await swapRepair(
            thread,
            file,
            handle,
            input.whenHeld,
            () => thread.call('prepareRepair', request, options(handle)),
            async (report) => {
              if (input.isDryRun) return 'dry';
              const asks =
                input.confirm === 'always' ||
                (input.confirm === 'on-loss' && isSomethingLost(report.loss, report.lostAndFound));
              if (!asks) return 'yes';
              handle.progress('confirm', 0);
              return (await handle.ask({ kind: 'confirm', report })) ? 'yes' : 'no';
            },
          );
          return outcome.ok ? ok({ kind: 'repair', report: outcome.value }) : outcome;
        }),
      );
    },

    restore: (input) => {
      return start('restore', input.file, (thread, handle) =>
        alone(input.file, async () => {
          const request = { file: input.file, backupId: input.backupId };
          const prepare = () => thread.call('prepareRestore', request, options(handle));
          const outcome = await swapRepair(thread, input.file, handle, input.whenHeld, prepare, async (report) => {
            if (input.isDryRun) return 'dry';
            if (input.confirm === 'never') return 'yes';
            handle.progress('confirm', 0);
            return (await handle.ask({ kind: 'confirm', report })) ? 'yes' : 'no';
          });
          return outcome.ok ? ok({ kind: 'restore', report: outcome.value }) : outcome;
        }),
      );
    },

    undo: ({ file, undoId, isChangeAccepted, whenHeld }) => {
      return start('undo', file, (thread, handle) =>
        alone(file, async () => {
          const request = { file, isChangeAccepted, ...(undoId !== undefined && { undoId }) };
          const outcome = await swap<string, UndoReport>({
            thread,
            file,
            handle,
            waits: whenHeld === 'wait',
            prepare: () => thread.call('prepareUndo', request, options(handle)),
            confirm: async (id) => ok(id),
            commit: (id) => thread.call('commitUndo', id, { onProgress: listenTo(handle) }),
            unchanged: () => {
              throw new Error('An undo that is prepared is committed');
            },
          });
          return outcome.ok ? ok({ kind: 'undo', report: outcome.value }) : outcome;
        }),
      );
    },

    backUp: (file) =>
      start('backup', file, async (thread, handle) => {
        const { keep } = deps.settings().backups;
        const outcome = await thread.call('backUp', { file, keep }, options(handle));
        return outcome.ok ? ok({ kind: 'backup', backup: outcome.value }) : outcome;
      }),

    acceptSchema: (file) =>
      start('examine', file, async (thread, handle) => {
        const input = { file, profile: null, isThorough: true };
        const outcome = await thread.call('acceptSchema', input, options(handle));
        return outcome.ok ? ok({ kind: 'examine', examination: outcome.value }) : outcome;
      }),

    undoList: (file) => ask((thread) => thread.call('undoList', file ?? null)),
    backups: (file) => ask((thread) => thread.call('backups', file)),
    holders: (file) => ask((thread) => thread.call('holders', { file, withSelf: false })),
    close: () => jobs.close(),
  };
}

const nothingHeld: AsyncDisposable = { [Symbol.asyncDispose]: async () => {} };
