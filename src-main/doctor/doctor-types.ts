/** The doctor as the rest of the app holds it: long work is a job, everything else an answer. */
import type { Backup } from '../contract/doctor/backup.ts';
import type { HolderAnswer } from '../contract/doctor/examination.ts';
import type { Job } from '../contract/doctor/jobs.ts';
import type { ExamineRequest, RepairRequest, RestoreRequest, UndoRequest } from '../contract/doctor/requests.ts';
import type { UndoEntry } from '../contract/doctor/undo.ts';
import type { Outcome } from '../contract/outcome.ts';

/** What a crash had left of an operation, and how it ended at the next start. */
export interface RecoveredOperation {
  readonly id: string;
  readonly file: string;
  /**
   * Taken back: nothing had been touched. Finished: the new file is in place. Kept newer: another program has written
   * meanwhile, and what it wrote stays. Waits: another program has the file open. Whole in each case.
   */
  readonly end: 'taken-back' | 'finished' | 'kept-newer' | 'waits';
}

export interface Doctor {
  /** Ends what a crash left; call it before anything else. */
  start(): Promise<readonly RecoveredOperation[]>;
  examine(input: ExamineRequest): Job;
  plan(input: ExamineRequest): Job;
  repair(input: RepairRequest): Job;
  undo(input: UndoRequest): Job;
  restore(input: RestoreRequest): Job;
  backUp(file: string): Job;
  acceptSchema(file: string): Job;
  undoList(file?: string): Promise<readonly UndoEntry[]>;
  backups(file: string): Promise<readonly Backup[]>;
  holders(file: string): Promise<HolderAnswer>;
  readonly jobs: DoctorJobs;
  /** Ends every job; files are left as they were. */
  close(): Promise<void>;
}

export interface DoctorJobs {
  list(): readonly Job[];
  /** The job as it is, each change, its end. Ends early when the signal fires; the job goes on. */
  watch(id: string, signal?: AbortSignal): AsyncGenerator<Job>;
  cancel(id: string): Promise<Outcome<Job>>;
  answer(id: string, goOn: boolean): Outcome<Job>;
  /** Told of every change of every job, for the tray. */
  subscribe(listener: (job: Job) => void): Disposable;
}
