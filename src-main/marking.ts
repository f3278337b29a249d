/** Notes what is changed while the monitor runs, so that a chart can show what a curve answers to. */
import { createRecordWriter } from './alerts/record-writer.ts';
import type { Job } from './contract/doctor.ts';
import type { Mark, MarkKind } from './contract/marks.ts';
import type { Clock } from './platform/clock.ts';
import type { Logger } from './platform/logger.ts';
import { changesOf } from './settings/settings-changes.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { AlertRecords } from './store/records/record-types.ts';

export interface MarkingDeps {
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
  readonly version: string;
  readonly records: Pick<AlertRecords, 'write' | 'marks'>;
  readonly settings: Pick<SettingsStore, 'subscribe'>;
  readonly jobs: { subscribe(listener: (job: Job) => void): Disposable };
}

export interface Marking {
  /** What a store that fails did not take is tried again. */
  mark(kind: MarkKind, subject?: string): void;
  /** Without waiting: nothing of the start depends on it. */
  start(): void;
  stop(): Promise<void>;
}

/** Longer ago than this, which version ran last is not news. */
const lastVersionWithinMs = 90 * 86_400_000;

export function createMarking({ clock, logger, version, records, settings, jobs }: MarkingDeps): Marking {
  const writer = createRecordWriter(records, clock);
  const mark = (kind: MarkKind, subject = '', at = clock.now()): void => {
    writer
      .write([{ op: 'mark', mark: { at, kind, subject } }])
      .catch((error: Error) => logger.warn('What was changed could not be noted yet', { kind, error: error.message }));
  };
  const subscriptions = [
    settings.subscribe((next, previous) => {
      for (const { kind, subject } of changesOf(previous, next)) mark(kind, subject);
    }),
    jobs.subscribe((job) => {
      const kind = doneBy(job);
      if (kind !== undefined) mark(kind, job.file);
    }),
  ];
  return {
    mark,
    start() {
      const now = clock.now();
      const begin = (before: readonly Mark[]): void => {
        const last = before.findLast(({ kind }) => kind === 'started' || kind === 'updated');
        mark(last === undefined || last.subject === version ? 'started' : 'updated', version, now);
      };
      records.marks({ from: now - lastVersionWithinMs, until: now }).then(begin, () => begin([]));
    },
    async stop() {
      for (const subscription of subscriptions) subscription[Symbol.dispose]();
      mark('stopped');
      await writer.flush();
    },
  };
}

/** What a job changed in its database; a dry run and an examination change nothing. */
function doneBy({ state, result }: Job): MarkKind | undefined {
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
