/** What a repair would do and is expected to give back, told before anything is written. */
import type { Values } from '../text/message.ts';
import type { Backup } from './backup.ts';
import type { Examination, Finding } from './examination.ts';

/**
 * How much a repair may cost: `safe` only adds or rebuilds from what is there, `moves-rows` puts rows aside, `may-lose`
 * can't bring all back.
 */
export type RepairRisk = 'safe' | 'moves-rows' | 'may-lose';

export interface PlannedRepair {
  readonly id: string;
  readonly title: string;
  /** What it will do here, one English sentence. */
  readonly what: string;
  readonly code: string;
  readonly values?: Values;
  readonly risk: RepairRisk;
  /** Kinds of the findings that it answers. */
  readonly answers: readonly string[];
  /** In the plan unless the user takes it out, or only when the user puts it in. */
  readonly isChosen: boolean;
}

export interface TableExpectation {
  readonly table: string;
  /** null: can't be counted as it is. */
  readonly rowsNow: number | null;
  /**
   * Rows afterwards; where they have to be salvaged, those on pages that can be read, which is an estimate. null: not
   * known before.
   */
  readonly rowsAfter: number | null;
  readonly isEstimate: boolean;
}

export interface RepairPlan {
  readonly examination: Examination;
  /** In the order in which they run. */
  readonly repairs: readonly PlannedRepair[];
  /** Critical findings that no repair answers. */
  readonly unanswered: readonly Finding[];
  /** What is to be expected of the chosen repairs, before anything is written. */
  readonly expectation: readonly TableExpectation[];
  readonly needsBytes: number;
  readonly freeBytes: number | null;
  readonly newestBackup: Backup | null;
}
