/** What the desktop app does where it can't start, and when something ends it or its window. */

import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { ask, findRuntime, isAlive, processTree, runDesktop, startDesktop } from '../../support/electron.ts';
import { eventually, startHeadless } from '../../support/headless.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const found = findRuntime();
const runtime = 'electron' in found ? found : { electron: '', app: '' };
beforeEach((context) => {
  if ('missing' in found) context.skip(found.missing);
});

it('refuses an unknown option with the usage and exit code 2', async () => {
  const { code, stderr } = await runDesktop(runtime, ['--dmeo']);
  expect(code).toBe(2);
  expect(stderr).toContain("Unknown option '--dmeo'");
  expect(stderr).toContain('Usage: hakgal-monitor');
});

it('names the data directory that it can not use, and ends with 1', async () => {
  const file = join(temporaryFolder(), 'a-file');
  writeFileSync(file, '');
  const { code, stderr } = await runDesktop(runtime, ['--data-dir', join(file, 'data')]);
  expect(code).toBe(1);
  expect(stderr).toContain(join(file, 'data'));
});

it('says where the headless monitor answers that holds the data directory', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  mkdirSync(dataDir);
  const headless = await startHeadless({ dataDir });
  try {
    const { code, stderr } = await runDesktop(runtime, ['--data-dir', dataDir]);
    expect(code).toBe(1);
    expect(stderr).toContain(headless.api);
  } finally {
    await headless.stop();
  }
});

it('stops cleanly on SIGTERM, with its demo, and frees the data directory', async () => {
  const desktop = await startDesktop(runtime, { args: ['--demo'] });
  await desktop.window();
  const tree = processTree(desktop.pid);
  const child = desktop.app.process();
  const ended = once(child, 'exit');
  process.kill(desktop.pid, 'SIGTERM');
  expect(await ended).toEqual([0, null]);
  await eventually(
    async () => tree.filter(isAlive),
    (alive) => alive.length === 0,
  );
  const headless = await startHeadless({ dataDir: desktop.dataDir });
  expect(await headless.stop()).toBe(0);
  await desktop.quit();
});

it('quits although its page hangs', async () => {
  const desktop = await startDesktop(runtime);
  await desktop.window();
  const renderer = await ask(desktop.app, ({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  process.kill(renderer as number, 'SIGSTOP');
  try {
    expect(await desktop.quit()).toBe(0);
  } finally {
    process.kill(renderer as number, 'SIGKILL');
  }
});

it('brings the page back when its renderer crashes', async () => {
  const desktop = await startDesktop(runtime);
  try {
    await desktop.window();
    const stateOf = () =>
      ask(desktop.app, ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return { pid: contents?.getOSProcessId(), isUp: contents?.isCrashed() === false && !contents.isLoading() };
      });
    const { pid } = await stateOf();
    process.kill(pid as number, 'SIGKILL');
    await eventually(stateOf, (now) => now.isUp && now.pid !== pid && now.pid !== 0);
  } finally {
    expect(await desktop.quit()).toBe(0);
  }
});
