/** The real desktop app in a real Electron, driven from tests; with the reason where there is none. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { shippedRules } from '../../src-main/alerts/rules/index.ts';
import { eventually } from './headless.ts';
import { requireDebian } from './peers/debian.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hooks = join(root, 'test', 'support', 'electron-hooks.cjs');

export type Runtime = { readonly electron: string; readonly app: string } | { readonly missing: string };

/** The runtime that `.ci/run` staged the build for, else the project's own where it was fetched. */
export function findRuntime(): Runtime {
  const { HAKGAL_TEST_ELECTRON: electron, HAKGAL_TEST_STAGE: app } = process.env;
  if (electron !== undefined && app !== undefined) return withDisplay({ electron, app });
  const note = join(root, 'node_modules', 'electron', 'path.txt');
  const own = existsSync(note) ? join(root, 'node_modules', 'electron', 'dist', readFileSync(note, 'utf8')) : undefined;
  if (own === undefined || !existsSync(own))
    return { missing: 'no Electron runtime: it comes from outside the package registry' };
  if (!existsSync(join(root, 'out', 'main', 'main.js'))) return { missing: 'the app is not built: npm run build' };
  return withDisplay({ electron: own, app: root });
}

function withDisplay(runtime: { electron: string; app: string }): Runtime {
  if (process.platform !== 'linux') return runtime;
  const xvfb = requireDebian('xvfb', 'Xvfb');
  return 'missing' in xvfb ? { missing: `no display: ${xvfb.missing}` } : runtime;
}

/**
 * A display for each app: two on one take the focus from each other, and a flyout without it hides. It picks a free
 * number itself.
 */
async function openDisplay(): Promise<{ readonly name: string; readonly server: ChildProcess } | undefined> {
  if (process.platform !== 'linux') return undefined;
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(createInterface({ input: server.stdout }), 'line');
  return { name: `:${number}`, server };
}

/**
 * As a desktop sets them at login; the first that is set wins, and Electron and Node do not ask them in the same order.
 */
const systemSpeaking = {
  de: { LANGUAGE: 'de', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
} as const;

/** Many times what a stop takes (2 s at most) on a machine that is busy with other things. */
const quitPatienceMs = 30_000;

export interface DesktopOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Content of the settings file. Shipped rules are off in any case: a busy machine must not fire into a test. */
  readonly settings?: { readonly alerts?: object; readonly [area: string]: unknown };
  /** What the system speaks; else what the tests' own system does. */
  readonly language?: 'de';
  /** Before the first start. */
  prepare?(dataDir: string): Promise<void>;
}

export interface Desktop {
  readonly app: ElectronApplication;
  readonly dataDir: string;
  readonly pid: number;
  /** The window, once it is there and shows live values. */
  window(): Promise<Page>;
  /** The flyout, opened by a click on the tray icon. */
  flyout(): Promise<Page>;
  /** Starts the app once more on the same data directory; resolves with its exit code. */
  startAgain(): Promise<number | null>;
  /** What it and its children printed on stderr. */
  errors(): string;
  /** Asks it to quit and waits for its end; cleans up. Idempotent. */
  quit(): Promise<number | null>;
}

export async function startDesktop(
  runtime: Extract<Runtime, { electron: string }>,
  options: DesktopOptions = {},
): Promise<Desktop> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hakgal-desktop-'));
  const alerts = { disabledRules: shippedRules.map(({ id }) => id), ...options.settings?.alerts };
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ ...options.settings, alerts }));
  await options.prepare?.(dataDir);
  const display = await openDisplay();
  const env: Record<string, string> = {
    ...(process.env as Record<string, string>),
    ...(display !== undefined && { DISPLAY: display.name }),
    // Nothing of the tests may land in the user's own autostart folder.
    XDG_CONFIG_HOME: join(dataDir, 'config'),
    HAKGAL_TRAY: 'yes',
    ...(options.language !== undefined && systemSpeaking[options.language]),
    ...options.env,
  };
  const ports = ['--api-port', '0', '--metrics-port', '0'];
  const args = [...electronArguments(runtime), '--data-dir', dataDir, ...ports, ...(options.args ?? [])];
  const app = await _electron.launch({ executablePath: runtime.electron, args, env });
  const child = app.process();
  let errors = '';
  child.stderr?.on('data', (part) => {
    errors += part;
  });
  await eventually(
    () => ask(app, ({ app: electron }) => electron.isReady()),
    (isReady) => isReady,
  );
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    app,
    dataDir,
    pid: child.pid as number,
    async window() {
      const page = app.windows()[0] ?? (await app.firstWindow());
      await page.waitForSelector('main', { timeout: 30_000 });
      return page;
    },
    async flyout() {
      await eventually(
        () => ask(app, () => (globalThis as unknown as { hakgalTest: { tooltip: string } }).hakgalTest.tooltip),
        (tooltip) => tooltip !== '',
      );
      const opening = app.waitForEvent('window');
      await tell(app, () => {
        const { hakgalTest } = globalThis as unknown as { hakgalTest: { tray: { emit(...args: unknown[]): void } } };
        hakgalTest.tray.emit('click', {}, { x: 900, y: 700, width: 24, height: 24 });
      });
      return opening;
    },
    async startAgain() {
      const second = spawn(runtime.electron, args, { env, stdio: 'ignore' });
      const [code] = await once(second, 'exit');
      return code;
    },
    errors: () => errors,
    async quit() {
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      if (!hasEnded) await tell(app, ({ app: electron }) => electron.quit()).catch(() => {});
      // An app that does not end is a failed test with a name, not one that hangs: its code is null.
      const patience = setTimeout(() => child.kill('SIGKILL'), quitPatienceMs);
      const code = await ended;
      clearTimeout(patience);
      display?.server.kill();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
      return code;
    },
  };
}

/**
 * Asks the main process; for questions without effect. V8 may drop a promise that the debugger alone waits for
 * ("promise was garbage collected"), most often while the app loads: the question is asked again then.
 */
export async function ask<T, A = undefined>(
  app: ElectronApplication,
  question: (electron: typeof import('electron'), given: A) => T | Promise<T>,
  given?: A,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return (await app.evaluate(question as never, given)) as T;
    } catch (error) {
      if (attempt === 100 || !isDropped(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

/** Does something in the main process, once: what V8 drops is the answer, and the work was done by then. */
export async function tell<A = undefined>(
  app: ElectronApplication,
  work: (electron: typeof import('electron'), given: A) => unknown,
  given?: A,
): Promise<void> {
  try {
    await app.evaluate(work as never, given);
  } catch (error) {
    if (!isDropped(error)) throw error;
  }
}

const isDropped = (error: unknown): boolean => /garbage collected/.test((error as Error).message);

/** Runs the app to its end, for command lines and places that do not let it start. */
export async function runDesktop(
  runtime: Extract<Runtime, { electron: string }>,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const display = await openDisplay();
  const child = spawn(runtime.electron, [...electronArguments(runtime), ...args], {
    env: { ...process.env, ...(display !== undefined && { DISPLAY: display.name }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  const [code] = await once(child, 'close');
  display?.server.kill();
  return { code, stderr };
}

const electronArguments = (runtime: Extract<Runtime, { electron: string }>): readonly string[] => [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...['-r', hooks, runtime.app],
];

/** Process ids of `pid` and everything below it. */
export function processTree(pid: number): readonly number[] {
  const pairs = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    pairs.filter(([, its]) => its === parent).flatMap(([child]) => [child, ...below(child)]);
  return [pid, ...below(pid)];
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended and waits for its parent to notice is over, too.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
