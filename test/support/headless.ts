/**
 * The real monitor as a process of its own, from source, on free ports and a data directory that is gone afterwards.
 */
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { makeSignInCode, signInAddress } from '../../src-main/http/sign-in-code.ts';

const entry = fileURLToPath(new URL('../../src-main/headless.ts', import.meta.url));

export interface Headless {
  readonly process: ChildProcess;
  /** Signs a browser in, as `hakgal-monitor open` would; new at each look. */
  readonly dashboard: string;
  /** What the monitor itself says at its start. */
  readonly printed: string;
  readonly api: string;
  readonly metrics: string;
  readonly dataDir: string;
  readonly token: string;
  stop(): Promise<number | null>;
}

export interface HeadlessOptions {
  readonly args?: readonly string[];
  readonly dataDir?: string;
  /** Default: any free ports. */
  readonly ports?: { readonly api: number; readonly metrics: number };
}

/** Runs to its end and gives back what it said; for command lines that do not start a monitor. */
export async function runHeadless(args: readonly string[]): Promise<Ended> {
  const child = startHeadlessCommand(args);
  child.stdin.end();
  return endOf(child);
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const startHeadlessCommand = (args: readonly string[]): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [entry, ...args]);

export async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (part) => {
    stdout += part;
  });
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

export async function startHeadless({
  args = [],
  dataDir,
  ports = { api: 0, metrics: 0 },
}: HeadlessOptions = {}): Promise<Headless> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'hakgal-headless-'));
  const child = spawn(
    process.execPath,
    [
      entry,
      'run',
      '--json',
      '--data-dir',
      folder,
      '--api-port',
      String(ports.api),
      '--metrics-port',
      String(ports.metrics),
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let complaints = '';
  child.stderr.on('data', (part) => {
    complaints += part;
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit')]);
  if (typeof first[0] !== 'string') throw new Error(`The monitor ended with ${first[0]}: ${complaints}`);
  const ready = JSON.parse(first[0]) as { dashboard: string; api: string; metrics: string };
  const tokenNow = (): string => readFileSync(join(folder, 'token'), 'utf8').trim();
  return {
    process: child,
    printed: ready.dashboard,
    get dashboard() {
      const code = makeSignInCode(tokenNow(), { expiresAt: Date.now() + 60_000, isOnce: true });
      return signInAddress(ready.api, code);
    },
    api: ready.api,
    metrics: ready.metrics,
    dataDir: folder,
    get token() {
      return tokenNow();
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** Asks until the answer pleases; for what the monitor does within its next ticks. */
export async function eventually<T>(
  ask: () => Promise<T>,
  pleases: (value: T) => boolean,
  timeoutMs = 20_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (pleases(value)) return value;
    if (Date.now() > end)
      throw new Error(`Still not so after ${timeoutMs} ms: ${JSON.stringify(value)?.slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
