/** Long work that goes on when nobody looks: its progress, its questions, its result. */
import type { Failure } from '../outcome.ts';
import type { Backup } from './backup.ts';
import type { Examination, Holder } from './examination.ts';
import type { RepairPlan } from './plan.ts';
import type { RepairReport } from './report.ts';
import type { UndoReport } from './undo.ts';

export type JobPhase =
  | 'wait'
  | 'examine'
  | 'copy'
  | 'repair'
  | 'salvage'
  | 'verify'
  | 'confirm'
  | 'swap'
  | 'backup'
  | 'done';

export interface JobProgress {
  readonly phase: JobPhase;
  /** Id of the check or repair at work. */
  readonly step?: string;
  /** Of the whole job, 0–100, never falling. */
  readonly percent: number;
  /** ms; null while there is too little to tell from. */
  readonly leftMs: number | null;
}

export type JobResult =
  | { readonly kind: 'examine'; readonly examination: Examination }
  | { readonly kind: 'plan'; readonly plan: RepairPlan }
  | { readonly kind: 'repair'; readonly report: RepairReport }
  | { readonly kind: 'undo'; readonly report: UndoReport }
  | { readonly kind: 'backup'; readonly backup: Backup }
  | { readonly kind: 'restore'; readonly report: RepairReport };

/** What a job waits for. Answer with `jobs.answer`. */
export type JobQuestion =
  /** Others have the file open; it goes on by itself once they let go, or stops when told. */
  | { readonly kind: 'held'; readonly holders: readonly Holder[] }
  /** Everything is ready and verified; this is what it would cost. */
  | { readonly kind: 'confirm'; readonly report: RepairReport };

export interface Job {
  readonly id: string;
  readonly kind: JobResult['kind'];
  readonly file: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';
  readonly progress: JobProgress;
  readonly question: JobQuestion | null;
  readonly result: JobResult | null;
  readonly failure: Failure | null;
}
