/**
 * Hands operations to the store in order, each list whole. A store that fails does not stop anything: what it refused
 * is kept, tried again, and the caller is told that it is not safe yet.
 */
import type { Clock } from '../platform/clock.ts';
import type { AlertRecords, RecordOperation } from '../store/records/record-types.ts';

export interface RecordWriter {
  /** Resolves once stored; rejects when this try failed, in which case the operations are still written later. */
  write(operations: readonly RecordOperation[]): Promise<void>;
  /** Why what was written last lives in memory alone; undefined while all is stored. */
  readonly failure: string | undefined;
  /** One last try; for stopping. */
  flush(): Promise<void>;
}

const retryMs = 5_000;
/** Some hours of a busy machine. Beyond that the log goes first, then what is oldest. */
const maxWaiting = 20_000;

interface Job {
  readonly operations: readonly RecordOperation[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export function createRecordWriter(records: Pick<AlertRecords, 'write'>, clock: Clock): RecordWriter {
  let kept: RecordOperation[] = [];
  let jobs: Job[] = [];
  let failure: string | undefined;
  let isWriting = false;
  let retry: Disposable | undefined;

  const run = async (): Promise<void> => {
    if (isWriting || (jobs.length === 0 && kept.length === 0)) return;
    isWriting = true;
    retry?.[Symbol.dispose]();
    const now = jobs;
    jobs = [];
    const operations = [...kept, ...now.flatMap((job) => job.operations)];
    try {
      await records.write(operations);
      kept = [];
      failure = undefined;
      for (const job of now) job.resolve();
    } catch (error) {
      kept = bounded(operations);
      failure = (error as Error).message;
      for (const job of now) job.reject(error as Error);
      retry = clock.after(retryMs, () => void run());
    } finally {
      isWriting = false;
    }
    if (jobs.length > 0) await run();
  };

  return {
    write(operations) {
      if (operations.length === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        jobs.push({ operations, resolve, reject });
        void run();
      });
    },
    get failure() {
      return failure;
    },
    async flush() {
      retry?.[Symbol.dispose]();
      await run();
      retry?.[Symbol.dispose]();
    },
  };
}

function bounded(operations: RecordOperation[]): RecordOperation[] {
  if (operations.length <= maxWaiting) return operations;
  const withoutLog = operations.filter(({ op }) => op !== 'log');
  return withoutLog.slice(-maxWaiting);
}
