/**
 * The README's first command from nothing: a clone, no node_modules, a home without anything in it. Minutes, so only on
 * request.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/headless.ts';
import { temporaryFolder } from '../support/temporary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isWanted = process.env.HAKGAL_LONG === '1';

/** What a login shell has, and nothing of the project that runs this test: the machine's own Node, no display. */
function bareEnvironment(home: string): NodeJS.ProcessEnv {
  const path = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  const kept = ['npm_config_registry', 'NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];
  const network = Object.fromEntries(kept.map((name) => [name, process.env[name]]).filter(([, value]) => value));
  return { ...network, PATH: path.join(':'), HOME: home, LANG: 'C.UTF-8' };
}

it('npm start -- --demo installs, builds and answers, headless where the desktop app can not open', {
  timeout: 900_000,
}, async (context) => {
  if (!isWanted) context.skip('HAKGAL_LONG=1 runs it: it installs everything anew');
  const folder = temporaryFolder();
  const [clone, home] = [join(folder, 'clone'), join(folder, 'home')];
  mkdirSync(home);
  execFileSync('git', ['clone', '--quiet', root, clone]);
  const ports = ['--api-port', '0', '--metrics-port', '0'];
  const start = spawn('npm', ['start', '--', '--demo', '--data-dir', join(folder, 'data'), ...ports], {
    cwd: clone,
    env: bareEnvironment(home),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the end reaches npm and everything below it.
    detached: true,
  });
  onTestFinished(() => end(start));
  let said = '';
  for (const stream of [start.stdout, start.stderr])
    stream.on('data', (part) => {
      said += part;
    });
  await eventually(
    async () => `${said}${start.exitCode ?? ''}`,
    (text) => /Dashboard\s+http/.test(text),
    600_000,
  );
  expect(said).toMatch(/^No desktop app: .+\. Starting headless instead\.$/m);
  const api = /Dashboard\s+(http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1] as string;
  const health = await fetch(`${api}/api/health`);
  expect(health.status).toBe(200);
  await eventually(
    async () => ((await (await fetch(`${api}/api/metrics`)).json()) as { facts_count: number | null }).facts_count,
    (facts) => facts !== null && facts >= 4242,
    60_000,
  );
  const page = await fetch(`${api}/`);
  expect(await page.text()).toContain('<div id="root">');
});

/** npm goes before what it started; the folder can be removed once the last of them is gone. */
async function end({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  await eventually(
    async () => signalGroup(pid, 0),
    (isThere) => !isThere,
  );
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
