/** Notes what is changed while the monitor runs, so that a chart can show what a curve answers to. */

import { createRecordWriter } from '../alerts/record-writer.ts';
import type { Annotation, AnnotationKind } from '../contract/annotations.ts';
import type { Job } from '../contract/doctor/jobs.ts';
import type { UndoEntry } from '../contract/doctor/undo.ts';
import { dayMs } from '../contract/shared/durations.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { changesOf } from '../settings/settings-changes.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { AlertRecords } from '../store/records/record-types.ts';

export interface AnnotationsDeps {
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
  readonly version: string;
  readonly records: Pick<AlertRecords, 'write' | 'annotations'>;
  readonly settings: Pick<SettingsStore, 'subscribe'>;
  readonly jobs: { subscribe(listener: (job: Job) => void): Disposable };
  /** What was done to a file and is kept, by this monitor or on the command line. */
  undoList(file: string): Promise<readonly UndoEntry[]>;
}

export interface Annotations {
  /** What a store that fails did not take is tried again. */
  annotate(kind: AnnotationKind, subject?: string): void;
  /** A database is another file than before: where the command line's doctor did it, that is noted. */
  fileReplaced(file: string): Promise<void>;
  /** Without waiting: nothing of the start depends on it. */
  start(): void;
  stop(): Promise<void>;
}

/** A file is looked at every ten seconds, and a repair of a large one takes minutes. */
const doneWithinMs = 3_600_000;
const kindOf = { repair: 'repaired', restore: 'restored', undo: 'repair-undone' } as const;
/** Longer ago than this, which version ran last is not news. */
const lastVersionWithinMs = 90 * dayMs;

export function createAnnotations(deps: AnnotationsDeps): Annotations {
  const { clock, logger, version, records, settings, jobs } = deps;
  const writer = createRecordWriter(records, clock);
  const annotate = (kind: AnnotationKind, subject = '', at = clock.now()): void => {
    writer
      .write([{ op: 'annotate', annotation: { at, kind, subject } }])
      .catch((error: Error) => logger.warn('What was changed could not be noted yet', { kind, error: error.message }));
  };
  /** Ids of what was done and is noted. */
  const noted = new Set<string>();
  const subscriptions = [
    settings.subscribe((next, previous) => {
      for (const { kind, subject } of changesOf(previous, next)) annotate(kind, subject);
    }),
    jobs.subscribe((job) => {
      const kind = doneBy(job);
      if (kind === undefined) return;
      annotate(kind, job.file);
      const undoId = job.result !== null && 'report' in job.result ? job.result.report.undoId : null;
      if (undoId !== null) noted.add(undoId);
    }),
  ];
  return {
    annotate,
    async fileReplaced(file) {
      const entries = await deps.undoList(file).catch(() => []);
      const newest = entries.toSorted((a, b) => b.at - a.at)[0];
      if (newest === undefined || noted.has(newest.id) || clock.now() - newest.at > doneWithinMs) return;
      noted.add(newest.id);
      annotate(kindOf[newest.kind], file);
    },
    start() {
      const now = clock.now();
      const begin = (before: readonly Annotation[]): void => {
        const last = before.findLast(({ kind }) => kind === 'started' || kind === 'updated');
        annotate(last === undefined || last.subject === version ? 'started' : 'updated', version, now);
      };
      records.annotations({ from: now - lastVersionWithinMs, until: now }).then(begin, () => begin([]));
    },
    async stop() {
      for (const subscription of subscriptions) subscription[Symbol.dispose]();
      annotate('stopped');
      await writer.flush();
    },
  };
}

/** What a job changed in its database; a dry run and an examination change nothing. */
function doneBy({ state, result }: Job): AnnotationKind | undefined {
  if (state !== 'done') return undefined;
  switch (result?.kind) {
    case 'repair':
      return result.report.isApplied ? 'repaired' : undefined;
    case 'restore':
      return result.report.isApplied ? 'restored' : undefined;
    case 'undo':
      return 'repair-undone';
    default:
      return undefined;
  }
}
