/** Runs a program to its end and gives what it printed: never through a shell, never longer or more than allowed. */
import { execFile, execFileSync } from 'node:child_process';
import { failed, type Outcome, ok } from '../contract/outcome.ts';

export interface CommandLimits {
  readonly timeoutMs: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export function runCommand(
  program: string,
  parameters: readonly string[],
  { timeoutMs, maxBytes = 8_388_608, signal }: CommandLimits,
): Promise<Outcome<string>> {
  return new Promise((resolve) => {
    execFile(
      program,
      parameters,
      { ...optionsOf({ timeoutMs, maxBytes }), ...(signal && { signal }) },
      (error, output) => {
        if (error === null) return resolve(ok(output));
        const why = error.killed ? `it took longer than ${timeoutMs / 1_000} s` : error.message.split('\n')[0];
        resolve(notRun(program, why));
      },
    );
  });
}

/** The same at once, for threads that may wait and must not let anything happen in between. */
export function runCommandNow(
  program: string,
  parameters: readonly string[],
  { timeoutMs, maxBytes = 8_388_608 }: Omit<CommandLimits, 'signal'>,
): Outcome<string> {
  try {
    const options = optionsOf({ timeoutMs, maxBytes });
    return ok(execFileSync(program, parameters, { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch (error) {
    return notRun(program, (error as Error).message.split('\n')[0]);
  }
}

const optionsOf = ({ timeoutMs, maxBytes }: { readonly timeoutMs: number; readonly maxBytes: number }) =>
  ({
    timeout: timeoutMs,
    maxBuffer: maxBytes,
    killSignal: 'SIGKILL',
    windowsHide: true,
    // What programs print for people depends on the language; for us it must not.
    env: { ...process.env, LC_ALL: 'C', LANG: 'C' },
  }) as const;

const notRun = (program: string, why: string | undefined): Outcome<never> =>
  failed('command-failed', { program, detail: why });
