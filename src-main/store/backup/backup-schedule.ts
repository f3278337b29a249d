/** A backup some time after the start and then once a day, on a thread that lives for it alone. */

import { statSync } from 'node:fs';
import { dayMs } from '../../contract/shared/durations.ts';
import type { Clock } from '../../platform/clock.ts';
import { startWorker } from '../../workers/protocol.ts';
import type { StoreThread } from '../store-thread.ts';
import { backupPathOf } from './backup-path.ts';

const firstAfterMs = 15 * 60_000;
const everyMs = dayMs;

export interface BackupScheduleOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly isWanted: () => boolean;
  readonly onBackup: (at: number) => void;
  /** The history itself was found damaged. */
  readonly onDamage: (reason: string) => void;
}

export function scheduleBackups(options: BackupScheduleOptions): { stop(): Promise<void> } {
  const { path, clock, isWanted, onBackup, onDamage } = options;
  const before = statSync(backupPathOf(path), { throwIfNoEntry: false })?.mtimeMs;
  if (before !== undefined) onBackup(before);
  let running: Promise<void> | undefined;
  let timer: Disposable;
  const run = async (): Promise<void> => {
    const thread = startWorker<StoreThread>('store', { path });
    try {
      const outcome = await thread.call('backup', null);
      if (outcome.ok) onBackup(clock.now());
      else if (outcome.failure.kind === 'damaged') onDamage(outcome.failure.message);
    } catch {
      // A thread that dies takes no backup with it: the old one is there.
    } finally {
      await thread.terminate();
    }
  };
  const arm = (ms: number): void => {
    timer = clock.after(ms, () => {
      if (isWanted()) running = run();
      arm(everyMs);
    });
  };
  // A day after the last one, but not in the middle of the start.
  arm(before === undefined ? firstAfterMs : Math.min(everyMs, Math.max(firstAfterMs, before + everyMs - clock.now())));
  return {
    async stop() {
      timer[Symbol.dispose]();
      await running;
    },
  };
}
