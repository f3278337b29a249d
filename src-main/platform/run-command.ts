/** Running another program for its output: no shell, a time limit, a size limit; a failure is a value. */
import { execFile } from 'node:child_process';
import { failed, type Outcome, ok } from '../contract/outcome.ts';

export interface CommandOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const maxOutputBytes = 4_000_000;

/** @returns what it wrote to stdout */
export function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<Outcome<string>> {
  return new Promise((resolve) => {
    const { timeoutMs, signal } = options;
    execFile(
      program,
      args,
      {
        timeout: timeoutMs,
        maxBuffer: maxOutputBytes,
        windowsHide: true,
        encoding: 'utf8',
        ...(signal !== undefined && { signal }),
      },
      (error, stdout) => {
        if (error === null) resolve(ok(stdout));
        else
          resolve(
            failed(
              'command-failed',
              `${program} failed: ${error.message}`,
              'Nothing needs to be done; what it would have told is shown as unknown.',
            ),
          );
      },
    );
  });
}
