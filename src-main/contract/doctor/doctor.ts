/** The database doctor as the app and scripts call it. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import { base } from '../base.ts';
import type { Backup } from './backup.ts';
import type { HolderAnswer } from './examination.ts';
import type { Job } from './jobs.ts';
import { examineSchema, file, id, repairSchema, restoreSchema, undoSchema } from './requests.ts';
import type { UndoEntry } from './undo.ts';

const onFile = z.object({ file });

/**
 * Everything that takes long answers at once with its Job; `jobs.watch` streams it to its end, as often as one asks.
 */
export const doctorContract = {
  doctor: {
    examine: base.input(examineSchema).output(type<Job>()),
    /** Examines, then says what would be done. Result kind `plan`. */
    plan: base.input(examineSchema).output(type<Job>()),
    repair: base.input(repairSchema).output(type<Job>()),
    undo: base.input(undoSchema).output(type<Job>()),
    /** What can be taken back, newest first. */
    undoList: base.input(z.object({ file: file.optional() })).output(type<readonly UndoEntry[]>()),
    /** Who has the file open now. */
    holders: base.input(onFile).output(type<HolderAnswer>()),
    /** Takes the schema as it is now for the healthy one; the file must pass its checks. */
    acceptSchema: base.input(onFile).output(type<Job>()),
    jobs: {
      list: base.output(type<readonly Job[]>()),
      /** The job as it is, then each change (at most five a second), then its end. */
      watch: base.input(z.object({ id })).output(eventIterator(type<Job>())),
      /** Stops at any moment and leaves the database as it was. */
      cancel: base.input(z.object({ id })).output(type<Job>()),
      answer: base.input(z.object({ id, goOn: z.boolean() })).output(type<Job>()),
    },
    backups: {
      list: base.input(onFile).output(type<readonly Backup[]>()),
      make: base.input(onFile).output(type<Job>()),
      restore: base.input(restoreSchema).output(type<Job>()),
    },
  },
};
