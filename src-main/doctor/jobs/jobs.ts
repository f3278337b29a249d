/** Long work as something one can look at, question, answer and cancel, and that goes on when nobody looks. */
import type { Job, JobPhase, JobQuestion, JobResult } from '../../contract/doctor/jobs.ts';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import type { Clock } from '../../platform/clock.ts';
import type { DoctorJobs } from '../doctor-types.ts';
import { failureOf } from './failure-of.ts';
import { progressOf } from './progress.ts';

/** The runner's side of a job. */
export interface JobHandle {
  readonly signal: AbortSignal;
  progress(phase: JobPhase, share: number, step?: string): void;
  /** Puts the question and waits for the user; rejects when the job is cancelled. */
  ask(question: JobQuestion): Promise<boolean>;
  /** Takes the question back: it has answered itself. */
  unask(): void;
}

/** Ended jobs that are still shown. */
const keptJobs = 50;
/** Between two states sent to one watcher. */
const watchEveryMs = 200;

interface Entry {
  job: Job;
  readonly controller: AbortController;
  readonly startedMonotonic: number;
  answer: ((goOn: boolean) => void) | undefined;
  readonly ended: Promise<void>;
}

export interface JobRegistry extends DoctorJobs {
  start(kind: Job['kind'], file: string, run: (handle: JobHandle, id: string) => Promise<Outcome<JobResult>>): Job;
  /** Cancels all and waits for their ends. */
  close(): Promise<void>;
}

export function createJobs(clock: Clock, nextId: () => string): JobRegistry {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(job: Job) => void>();

  const change = (entry: Entry, next: Partial<Job>): void => {
    entry.job = { ...entry.job, ...next };
    for (const listener of listeners) listener(entry.job);
  };
  const end = (entry: Entry, state: Job['state'], more: Partial<Job>): void => {
    change(entry, { state, endedAt: clock.now(), question: null, ...more });
    const over = [...entries.values()].filter(({ job }) => job.endedAt !== null);
    for (const { job } of over.slice(0, Math.max(0, over.length - keptJobs))) entries.delete(job.id);
  };

  const handleOf = (entry: Entry): JobHandle => ({
    signal: entry.controller.signal,
    progress: (phase, share, step) => {
      const elapsed = clock.monotonic() - entry.startedMonotonic;
      change(entry, { progress: progressOf(entry.job.kind, entry.job.progress, phase, share, step, elapsed) });
    },
    ask: (question) =>
      new Promise((resolve, reject) => {
        const { signal } = entry.controller;
        signal.throwIfAborted();
        const onAbort = (): void => reject(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        entry.answer = (goOn) => {
          signal.removeEventListener('abort', onAbort);
          entry.answer = undefined;
          change(entry, { state: 'running', question: null });
          resolve(goOn);
        };
        change(entry, { state: 'waiting', question });
      }),
    unask: () => entry.answer?.(true),
  });

  async function* watch(id: string, signal?: AbortSignal): AsyncGenerator<Job> {
    const entry = entries.get(id);
    if (entry === undefined) return;
    let wake: () => void = () => {};
    let seen: Job | undefined;
    const listener = (job: Job): void => {
      if (job.id === id) wake();
    };
    listeners.add(listener);
    const onAbort = (): void => wake();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      while (signal?.aborted !== true) {
        if (entry.job !== seen) {
          seen = entry.job;
          yield seen;
          if (seen.endedAt !== null) return;
          if (entry.job.endedAt === null) await clock.sleep(watchEveryMs);
        } else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      listeners.delete(listener);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  const find = (id: string): Outcome<Entry> => {
    const entry = entries.get(id);
    return entry === undefined ? failed('no-such-job', { job: id }) : ok(entry);
  };

  return {
    list: () => [...entries.values()].map(({ job }) => job).reverse(),
    watch,
    subscribe: (listener) => {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    answer: (id, goOn) => {
      const found = find(id);
      if (!found.ok) return found;
      if (found.value.answer === undefined) return failed('nothing-asked');
      found.value.answer(goOn);
      return ok(found.value.job);
    },
    cancel: async (id) => {
      const found = find(id);
      if (!found.ok) return found;
      found.value.controller.abort();
      await found.value.ended;
      return ok(found.value.job);
    },
    start: (kind, file, run) => {
      let settle: () => void = () => {};
      const entry: Entry = {
        job: {
          id: nextId(),
          kind,
          file,
          startedAt: clock.now(),
          endedAt: null,
          state: 'running',
          progress: { phase: 'wait', percent: 0, leftMs: null },
          question: null,
          result: null,
          failure: null,
        },
        controller: new AbortController(),
        startedMonotonic: clock.monotonic(),
        answer: undefined,
        ended: new Promise((resolve) => {
          settle = resolve;
        }),
      };
      entries.set(entry.job.id, entry);
      void run(handleOf(entry), entry.job.id)
        .then(
          (outcome) => {
            if (outcome.ok)
              end(entry, 'done', { result: outcome.value, progress: { phase: 'done', percent: 100, leftMs: 0 } });
            else
              end(entry, outcome.failure.kind === 'cancelled' ? 'cancelled' : 'failed', { failure: outcome.failure });
          },
          // The edge where a bug in the thread becomes visible; nothing of the database was touched or it is recovered.
          (error: Error) => {
            if (entry.controller.signal.aborted) end(entry, 'cancelled', {});
            else end(entry, 'failed', { failure: failureOf(error) });
          },
        )
        .finally(settle);
      return entry.job;
    },
    close: async () => {
      for (const { controller } of entries.values()) controller.abort();
      await Promise.all([...entries.values()].map(({ ended }) => ended));
    },
  };
}
