import type { ThreadProgress } from '../doctor-thread.ts';
import type { JobHandle } from './jobs.ts';

/** The thread's reports, which are our own code's and so need no schema, become the job's progress. */
export const listenTo =
  (handle: JobHandle) =>
  (value: unknown): void => {
    const { phase, share, step } = value as ThreadProgress;
    handle.progress(phase, share, step);
  };
