/** Runs a program to its end and gives what it printed: never through a shell, never longer or more than allowed. */
import { execFile } from 'node:child_process';
import { failed, type Outcome, ok } from '../contract/outcome.ts';

export interface CommandLimits {
  readonly timeoutMs: number;
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
}

export function runCommand(
  program: string,
  parameters: readonly string[],
  { timeoutMs, mostBytes = 8_388_608, signal }: CommandLimits,
): Promise<Outcome<string>> {
  return new Promise((resolve) => {
    execFile(
      program,
      parameters,
      {
        timeout: timeoutMs,
        maxBuffer: mostBytes,
        killSignal: 'SIGKILL',
        windowsHide: true,
        // What programs print for people depends on the language; for us it must not.
        env: { ...process.env, LC_ALL: 'C', LANG: 'C' },
        ...(signal && { signal }),
      },
      (error, output) => {
        if (error === null) return resolve(ok(output));
        const why = error.killed ? `it took longer than ${timeoutMs / 1_000} s` : error.message.split('\n')[0];
        resolve(failed('command-failed', `${program} failed: ${why}`, 'Check that the program exists and may be run.'));
      },
    );
  });
}
