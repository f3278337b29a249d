/** What the database doctor is asked: the inputs of its procedures, checked at the edge. */
import { z } from 'zod';

/** A path. */
export const file = z.string().min(1).max(4096);
/** Of a job, a repair, a backup or an entry of the undo list. */
export const id = z.string().min(1).max(100);
const profile = z.string().min(1).max(100).nullable().default(null);

export const examineSchema = z.object({
  file,
  profile,
  /** Also compares every index with its table; slower. */
  isThorough: z.boolean().default(true),
});
export type ExamineInput = z.input<typeof examineSchema>;
export type ExamineRequest = z.output<typeof examineSchema>;

export const repairSchema = z.object({
  file,
  profile,
  /** Ids out of the plan; what the plan chose where left out. */
  repairs: z.array(id).max(50).optional(),
  /** Work on a copy and report; never swap. */
  isDryRun: z.boolean().default(false),
  /** Ask before the swap: always, only when a row is doubtful or lost, or never. */
  confirm: z.enum(['always', 'on-loss', 'never']).default('on-loss'),
  /** When others have the file open: wait until they let go, or fail and name them. */
  whenHeld: z.enum(['wait', 'fail']).default('wait'),
  /** Doubtful rows also take their places where no certain row has the key. */
  includeDoubtful: z.boolean().default(false),
});
export type RepairInput = z.input<typeof repairSchema>;
export type RepairRequest = z.output<typeof repairSchema>;

export const undoSchema = z.object({
  file,
  /** The newest entry of the file where left out. */
  undoId: id.optional(),
  /** Go on although the file was changed since; those changes stay available as an undo of this undo. */
  isChangeAccepted: z.boolean().default(false),
  whenHeld: z.enum(['wait', 'fail']).default('wait'),
});
export type UndoInput = z.input<typeof undoSchema>;
export type UndoRequest = z.output<typeof undoSchema>;

export const restoreSchema = z.object({
  file,
  backupId: id,
  /** Make it ready and report what would change; never swap. */
  isDryRun: z.boolean().default(false),
  /** Ask before the swap, showing what would change: rows now and then, and how the file is written to. */
  confirm: z.enum(['always', 'never']).default('always'),
  whenHeld: z.enum(['wait', 'fail']).default('wait'),
});
export type RestoreInput = z.input<typeof restoreSchema>;
export type RestoreRequest = z.output<typeof restoreSchema>;
