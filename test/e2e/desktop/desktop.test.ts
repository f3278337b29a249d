/** The desktop app as a person has it: window, tray, notifications, quitting. In a real Electron. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shippedRules } from '../../../src-main/alerts/rules/index.ts';
import { alertWords } from '../../../src-main/messages/alert-words.ts';
import { ask, type Desktop, findRuntime, isAlive, processTree, startDesktop, tell } from '../../support/electron.ts';
import { eventually } from '../../support/headless.ts';
import { type Seen, seen } from './seen.ts';

const runtime = findRuntime();
beforeEach((context) => {
  if ('missing' in runtime) context.skip(runtime.missing);
});

const allRulesBut = (wanted: string): readonly string[] =>
  shippedRules.map(({ id }) => id).filter((id) => id !== wanted);
const windowsOf = (desktop: Desktop) =>
  ask(desktop.app, ({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      url: window.webContents.getURL(),
      isVisible: window.isVisible(),
      isFlyout: window.isAlwaysOnTop(),
    })),
  );
const renderersOf = (desktop: Desktop) =>
  ask(desktop.app, ({ app }) => app.getAppMetrics().filter(({ type }) => type === 'Tab').length);

/** Fires at the first tick, whatever the machine does. */
const alwaysFiring = {
  id: 'test_memory_in_use',
  title: 'Memory is in use',
  metric: 'system_memory_percent',
  levels: { critical: { threshold: 0 } },
  holdSeconds: 0,
};

describe('the desktop app', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    if ('missing' in runtime) return;
    desktop = await startDesktop(runtime);
  });
  afterAll(async () => {
    await desktop?.quit();
  });

  it('opens a window whose values change every second', async () => {
    const page = await desktop.window();
    const texts = new Set<string>();
    await eventually(
      async () => texts.add(await page.locator('main').innerText()).size,
      (size) => size >= 4,
    );
    expect(page.url()).toBe('app://hakgal/#/');
  });

  it('has a tray icon whose tooltip carries live figures and whose menu works alone', async () => {
    const { hasTray, tooltip, menu } = await eventually(
      () => seen(desktop),
      (now) => /\d %/.test(now.tooltip),
    );
    expect(hasTray).toBe(true);
    expect(tooltip).toMatch(/CPU \d+ % · Memory \d+ %/);
    const labels = menu.map(([label]) => label);
    expect(labels).toEqual(
      expect.arrayContaining(['Open HAKGAL Monitor', 'No active alerts', 'Pause for 1 hour', 'Settings …', 'Quit']),
    );
  });

  it('pauses from the tray menu and shows it in icon and tooltip, then goes on', async () => {
    const click = (label: string) =>
      tell(
        desktop.app,
        (_, wanted) => {
          const { menu } = (globalThis as unknown as { hakgalTest: Seen }).hakgalTest;
          const item = menu?.items.find((one) => one.label.startsWith(wanted));
          (item as unknown as { click(): void }).click();
        },
        label,
      );
    await click('Pause for 1 hour');
    await eventually(
      () => seen(desktop),
      ({ tooltip, image }) => tooltip.includes('Paused until') && image.includes('paused'),
    );
    await eventually(
      () => seen(desktop),
      ({ menu }) => menu.some(([label]) => label?.startsWith('Resume now')),
    );
    await click('Resume now');
    await eventually(
      () => seen(desktop),
      ({ tooltip, image }) => /CPU \d/.test(tooltip) && image.includes('fine'),
    );
  });

  it('opens the flyout at a click on the icon, and the window from there', async () => {
    const flyout = await desktop.flyout();
    await eventually(
      () => windowsOf(desktop),
      (windows) => windows.some(({ isVisible, isFlyout }) => isFlyout && isVisible),
    );
    await flyout.getByRole('link', { name: 'Open dashboard' }).click();
    await eventually(
      () => windowsOf(desktop),
      (windows) =>
        windows.length === 2 && windows.every(({ url, isVisible, isFlyout }) => isVisible !== isFlyout && url !== ''),
    );
    await tell(desktop.app, ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.isAlwaysOnTop())
        ?.destroy(),
    );
  });

  it('hides the window on close, and a second start brings it back', async () => {
    await tell(desktop.app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await windowsOf(desktop)).toEqual([{ url: 'app://hakgal/#/', isVisible: false, isFlyout: false }]);
    expect(await desktop.startAgain()).toBe(0);
    await eventually(
      () => windowsOf(desktop),
      (windows) => windows.length === 1 && windows[0]?.isVisible === true,
    );
  });

  it('quits without leaving a process behind', async () => {
    const tree = processTree(desktop.pid);
    expect(tree.length).toBeGreaterThan(1);
    expect(await desktop.quit()).toBe(0);
    await eventually(
      async () => tree.filter(isAlive),
      (alive) => alive.length === 0,
    );
  });
});

describe('an alert on the desktop', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    if ('missing' in runtime) return;
    desktop = await startDesktop(runtime, {
      settings: { alerts: { rules: [alwaysFiring] } },
      args: ['--demo'],
    });
  });
  afterAll(async () => {
    await desktop?.quit();
  });

  it('appears in window, tray and notification, and is acknowledged by a button of the notification', async () => {
    const page = await desktop.window();
    await page.getByText('Memory is in use').first().waitFor();
    const { notifications, menu } = await eventually(
      () => seen(desktop),
      (now) =>
        now.notifications.length > 0 && now.image.includes('critical') && now.menu.flat().includes('1 active alert'),
    );
    expect(notifications[0]).toContain('Memory is in use');
    expect(menu.flat()).toEqual(expect.arrayContaining(['1 active alert', 'Acknowledge', 'Snooze 1 h', 'Show']));
    await tell(desktop.app, () => {
      const [notification] = (globalThis as unknown as { hakgalTest: Seen }).hakgalTest.notifications;
      notification?.emit('action', { actionIndex: 0 }, 0);
    });
    await eventually(
      () => seen(desktop),
      (now) => now.menu.flat().includes('Acknowledged') && !now.image.includes('critical'),
    );
  });

  it('ends its demo application, too, when it quits', async () => {
    const tree = processTree(desktop.pid);
    expect(await desktop.quit()).toBe(0);
    await eventually(
      async () => tree.filter(isAlive),
      (alive) => alive.length === 0,
    );
  });
});

describe('the tray alone', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    if ('missing' in runtime) return;
    desktop = await startDesktop(runtime, {
      args: ['--hidden'],
      settings: { general: { keepHiddenWindowMinutes: 0, language: 'de' } },
    });
  });
  afterAll(async () => {
    await desktop?.quit();
  });

  it('runs without any renderer process, and has none again after its window was closed', async () => {
    await eventually(
      () => seen(desktop),
      ({ tooltip }) => /CPU \d/.test(tooltip),
    );
    expect(await windowsOf(desktop)).toEqual([]);
    expect(await renderersOf(desktop)).toBe(0);
    await desktop.startAgain();
    await desktop.window();
    expect(await renderersOf(desktop)).toBe(1);
    await tell(desktop.app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await eventually(
      () => renderersOf(desktop),
      (count) => count === 0,
    );
  });

  it('speaks German where the settings say so', async () => {
    const { tooltip, menu } = await eventually(
      () => seen(desktop),
      (now) => /CPU \d/.test(now.tooltip),
    );
    expect(tooltip).toContain('Speicher');
    expect(menu.flat()).toEqual(expect.arrayContaining(['HAKGAL Monitor öffnen', 'Beenden', 'Übersicht']));
  });
});

it('speaks German where the system does: tooltip, tray menu, menu of the window, notifications', async () => {
  if ('missing' in runtime) return;
  const desktop = await startDesktop(runtime, {
    args: ['--hidden', '--demo'],
    language: 'de',
    settings: { alerts: { disabledRules: allRulesBut('table_missing') } },
  });
  try {
    const { tooltip, menu, windowMenu, notifications, buttons } = await eventually(
      () => seen(desktop),
      (now) => now.menu.flat().includes('Reparieren') && now.notifications.length > 0,
    );
    expect(tooltip).toContain('Speicher');
    expect(menu.flat()).toEqual(expect.arrayContaining(['HAKGAL Monitor öffnen', '1 aktiver Alarm', 'Beenden']));
    expect(windowMenu).toEqual(['Datei', 'Bearbeiten', 'Ansicht', 'Fenster']);
    const { acknowledge, 'snooze-hour': snooze, show } = alertWords;
    expect(notifications[0]).toContain('Kritisch: Eine Tabelle fehlt');
    expect(buttons).toEqual([acknowledge, snooze, show].map(({ text }) => text.de));
  } finally {
    expect(await desktop.quit()).toBe(0);
  }
});

it('repairs a database from the tray menu alone, without any window', async () => {
  if ('missing' in runtime) return;
  const desktop = await startDesktop(runtime, {
    args: ['--hidden', '--demo'],
    settings: { alerts: { disabledRules: allRulesBut('table_missing') } },
  });
  try {
    await eventually(
      () => seen(desktop),
      ({ menu, image }) => menu.flat().includes('Repair') && image.includes('critical'),
    );
    await tell(desktop.app, () => {
      const { menu } = (globalThis as unknown as { hakgalTest: Seen }).hakgalTest;
      const items = menu?.items.flatMap(({ submenu }) => submenu?.items ?? []);
      items?.find(({ label }) => label === 'Repair')?.click();
    });
    await eventually(
      () => seen(desktop),
      ({ menu, image }) => menu.flat().includes('No active alerts') && image.includes('fine'),
      60_000,
    );
    expect(await renderersOf(desktop)).toBe(0);
  } finally {
    expect(await desktop.quit()).toBe(0);
  }
});

describe('a desktop without a place for tray icons', () => {
  it('shows its window although started hidden, and keeps it reachable on close', async () => {
    if ('missing' in runtime) return;
    const desktop = await startDesktop(runtime, {
      args: ['--hidden'],
      env: { HAKGAL_TRAY: 'no' },
      settings: { general: { keepHiddenWindowMinutes: 0 } },
    });
    try {
      await desktop.window();
      expect((await seen(desktop)).hasTray).toBe(false);
      await tell(desktop.app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      expect(await windowsOf(desktop)).toHaveLength(1);
      expect(await renderersOf(desktop)).toBe(1);
    } finally {
      expect(await desktop.quit()).toBe(0);
    }
  });
});
