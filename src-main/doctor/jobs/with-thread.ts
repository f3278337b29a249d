/** A thread for one job, and what has to be put right when it is given up in the middle. */
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Clock } from '../../platform/clock.ts';
import { startWorker, type WorkerClient } from '../../workers/protocol.ts';
import type { DoctorThread, DoctorThreadData } from '../doctor-thread.ts';
import { placesIn, scratchOf } from '../flow/operation/places.ts';

export type Thread = WorkerClient<DoctorThread>;

/**
 * How long a thread may take to see that it is cancelled, tidy up and end by itself. A statement of SQLite that runs
 * longer is not waited for.
 */
const graceMs = 2_000;

export interface ThreadHome {
  readonly folder: string;
  readonly clock: Clock;
}

/** @param key eight characters that no other job has; the ids of the thread's operations end with them */
export async function withThread<T>(
  { folder, clock }: ThreadHome,
  key: string,
  work: (thread: Thread) => Promise<T>,
): Promise<T> {
  const thread = startThread(folder, key);
  let isOver = false;
  try {
    const result = await work(thread);
    isOver = true;
    return result;
  } finally {
    thread.end();
    // The last resort. No line of ours runs in the thread any more, so what comes next need not wait for SQLite to let
    // go of it.
    if (!(await endsWithin(graceMs, thread, clock))) {
      void thread.terminate();
      await endsWithin(graceMs, thread, clock);
    }
    if (!isOver && hasOperation(folder, key)) {
      await using fresh = startThread(folder, key);
      await fresh.call('recover', key);
    }
    const scratch = scratchOf(placesIn(folder), process.pid, key);
    if (existsSync(scratch)) void thread.ended.then(() => rm(scratch, { recursive: true, force: true }));
  }
}

async function endsWithin(ms: number, thread: Thread, clock: Clock): Promise<boolean> {
  let giveUp: () => void = () => {};
  const late = new Promise<boolean>((resolve) => {
    giveUp = () => resolve(false);
  });
  using _ = clock.after(ms, giveUp);
  return await Promise.race([thread.ended.then(() => true), late]);
}

const startThread = (folder: string, key: string): Thread =>
  startWorker<DoctorThread>('doctor', { folder, key } satisfies DoctorThreadData);

function hasOperation(folder: string, key: string): boolean {
  try {
    return readdirSync(placesIn(folder).operations).some((name) => name.endsWith(`-${key}`));
  } catch {
    return false;
  }
}
