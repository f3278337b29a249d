/** The monitor as users run it, from the build, for benches. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const builtEntry = 'out/main/headless.js';

export interface BuiltMonitor extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly api: string;
  readonly metrics: string;
  /** With its token: signs a browser in. */
  readonly dashboard: string;
}

export interface BuiltOptions {
  /** A program to run it under, e.g. strace with its options. */
  readonly before?: readonly string[];
  readonly args?: readonly string[];
  /** Stays; a new one that goes with the monitor where absent. */
  readonly dataDir?: string;
}

export async function startBuilt({ before = [], args = [], dataDir: given }: BuiltOptions = {}): Promise<BuiltMonitor> {
  if (!existsSync(builtEntry)) throw new Error(`There is no ${builtEntry}: run \`npm run build\` first`);
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'hakgal-bench-'));
  const command = [
    ...before,
    process.execPath,
    builtEntry,
    'run',
    '--json',
    '--data-dir',
    dataDir,
    '--api-port',
    '0',
    '--metrics-port',
    '0',
    ...args,
  ];
  const child = spawn(command[0] as string, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { pid, api, metrics, dashboard } = JSON.parse(line) as Pick<
    BuiltMonitor,
    'pid' | 'api' | 'metrics' | 'dashboard'
  >;
  return {
    child,
    pid,
    api,
    metrics,
    dashboard,
    async [Symbol.asyncDispose]() {
      process.kill(pid, 'SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      if (given === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
