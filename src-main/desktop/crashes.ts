/** An error that nobody handled: written down where a person finds it, then an orderly end. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';

/** @param end stops what still can be stopped */
export function watchCrashes(clock: Clock, logFolder: () => string, end: () => void): void {
  let isEnding = false;
  const crash = (error: unknown): void => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${text}\n`);
    try {
      mkdirSync(logFolder(), { recursive: true });
      const name = `crash-${new Date(clock.now()).toISOString().replaceAll(':', '-')}.txt`;
      writeFileSync(join(logFolder(), name), `${text}\n`, { mode: 0o600 });
    } catch {
      // It stands on stderr.
    }
    if (isEnding) return;
    isEnding = true;
    end();
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}
