/** What a page in our window can't do, tried from inside it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ask, type Desktop, findRuntime, startDesktop } from '../../support/electron.ts';

const runtime = findRuntime();
let desktop: Desktop;
let page: Page;

beforeEach((context) => {
  if ('missing' in runtime) context.skip(runtime.missing);
});
beforeAll(async () => {
  if ('missing' in runtime) return;
  desktop = await startDesktop(runtime);
  page = await desktop.window();
});
afterAll(async () => {
  await desktop?.quit();
});

it('has no Node, no Electron and no bridge in the page', async () => {
  const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'];
  expect(await page.evaluate((all) => all.filter((name) => name in globalThis), names)).toEqual([]);
});

it('runs sandboxed and isolated, as the system sees it', async () => {
  const preferences = await ask(desktop.app, ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow;
    return (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
});

it('refuses code from text and scripts in the page', async () => {
  const outcome = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
    // Later, because the debugger's own call is free of the policy.
    const evaluated = await new Promise((resolve) =>
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: this is what must fail
          resolve(eval('"ran"'));
        } catch {
          resolve('refused');
        }
      }),
    );
    const script = document.createElement('script');
    script.textContent = 'window.wasInjected = true';
    document.head.append(script);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { evaluated, wasInjected: 'wasInjected' in window, violations };
  });
  expect(outcome.evaluated).toBe('refused');
  expect(outcome.wasInjected).toBe(false);
  expect(outcome.violations).toContain('script-src-elem');
});

it('sends a policy without any unsafe source', async () => {
  const policy = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});

it('does not reach out: neither other origins nor files nor the server on loopback', async () => {
  const results = await page.evaluate(() =>
    Promise.all(
      ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd'].map((url) =>
        fetch(url).then(
          () => 'reached',
          () => 'refused',
        ),
      ),
    ),
  );
  expect(results).toEqual(['refused', 'refused', 'refused']);
});

it('serves nothing but the files of the dashboard, whatever the path', async () => {
  const paths = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '//etc/passwd',
    '/assets/',
    '/main.js',
  ];
  const states = await page.evaluate(
    (all) => Promise.all(all.map(async (path) => (await fetch(`app://hakgal${path}`)).status)),
    paths,
  );
  expect(states).toEqual(paths.map(() => 404));
});

it('stays on its page and opens no window', async () => {
  const opened = await page.evaluate(() => {
    const window_ = window.open('app://hakgal/index.html#/alerts');
    location.href = 'https://example.com/';
    return window_ === null;
  });
  expect(opened).toBe(true);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(page.url()).toMatch(/^app:\/\/hakgal\//);
  expect(await ask(desktop.app, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

it('gets no permission of the machine', async () => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications'] as PermissionName[];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
});

it('hands the port to the core to the top document of our own window alone', async () => {
  const stranger = await ask(desktop.app, async ({ app, BrowserWindow, ipcMain }) => {
    const preload = `${app.getAppPath()}/out/preload/preload.cjs`;
    const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await window.loadURL('data:text/html,<p>stranger');
    let hasAsked = false;
    ipcMain.once('monitor-port-wanted', () => {
      hasAsked = true;
    });
    const answer = await window.webContents.executeJavaScript(`new Promise((resolve) => {
      addEventListener('message', (event) => event.ports.length > 0 && resolve('port'));
      postMessage({ kind: 'monitor-port-wanted' }, '*');
      setTimeout(() => resolve('nothing'), 500);
    })`);
    window.destroy();
    return { hasAsked, answer };
  });
  expect(stranger).toEqual({ hasAsked: true, answer: 'nothing' });
});
