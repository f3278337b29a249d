/** Asks a process to end, or ends it. */
import { readFileSync } from 'node:fs';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import { runCommand } from '../platform/run-command.ts';

/** On Windows a console program is asked by `taskkill` as well as it can be, and ended by `/F` (not run there). */
export async function sendSignal(
  pid: number,
  signal: 'SIGTERM' | 'SIGKILL',
  platform: NodeJS.Platform = process.platform,
): Promise<Outcome<undefined>> {
  if (platform === 'win32') {
    const force = signal === 'SIGKILL' ? ['/F'] : [];
    const done = await runCommand('taskkill', ['/PID', String(pid), ...force], { timeoutMs: 10_000 });
    return done.ok ? ok(undefined) : done;
  }
  try {
    process.kill(pid, signal);
    return ok(undefined);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Gone before it was asked: that is what was wanted.
    return code === 'ESRCH' ? ok(undefined) : failed('command-failed/signal', { pid: String(pid), detail: message });
  }
}

/** It has ended, and only waits for the one that began it to hear of it. */
export function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] === 'Z';
  } catch {
    return false;
  }
}
