/** What can be taken back, and what taking it back gave. */
import type { RepairReport } from './report.ts';

/** The originals of one repair, restore or undo, kept so that it can be taken back. */
export interface UndoEntry {
  readonly id: string;
  readonly file: string;
  readonly kind: 'repair' | 'restore' | 'undo';
  readonly at: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /**
   * The file is no longer what the operation left: taking it back loses what was written since (kept as an undo entry
   * of its own).
   */
  readonly isChangedSince: boolean;
  readonly report: RepairReport | null;
}

export interface UndoReport {
  readonly file: string;
  readonly sha256: string;
  readonly isIdentical: boolean;
  /** Takes this undo back; null where no file was. */
  readonly undoId: string | null;
}
