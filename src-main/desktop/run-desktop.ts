/**
 * The desktop shell around the core: tray, windows, notifications, power, start at login. Started once Electron is
 * ready.
 */
import { join } from 'node:path';
import { app, powerMonitor, session, shell, type WebContents } from 'electron';
import { assertNever } from '../contract/outcome.ts';
import { chooseLanguage } from '../contract/text/text.ts';
import { answersHealth } from '../http/answers-health.ts';
import type { Speaker } from '../messages/catalogue.ts';
import { type Monitor, startMonitor } from '../monitor.ts';
import { systemClock } from '../platform/clock.ts';
import { type InstanceLock, takeInstanceLock } from '../platform/instance-lock.ts';
import { createLogFile } from '../platform/logger.ts';
import { dataPaths } from '../platform/paths.ts';
import { productVersion, projectRoot } from '../platform/product.ts';
import { openSecretFile } from '../settings/secrets.ts';
import { createAppPages } from './app-pages.ts';
import { serveAppProtocol } from './app-protocol.ts';
import { setApplicationMenu } from './application-menu.ts';
import { setAutostart } from './autostart.ts';
import { type CoreClient, coreOf } from './core-client.ts';
import type { DesktopOptions } from './desktop-options.ts';
import { serveMonitorPort } from './monitor-port.ts';
import { createNotificationShower, type NotificationAction } from './notifications.ts';
import { keychainSeal } from './secret-seal.ts';
import { startUtilityProcess } from './start-utility-process.ts';
import { createTray, type TrayIcon } from './tray/tray.ts';
import { hasTrayHost } from './tray/tray-host.ts';
import type { TrayCommand } from './tray/tray-menu.ts';
import { watchUpdates } from './updates.ts';
import { createFlyout } from './windows/flyout-window.ts';
import { harden } from './windows/harden.ts';
import { createMainWindow } from './windows/main-window.ts';

export interface Desktop {
  show(): void;
  /** Idempotent; everything is written and released when it resolves. */
  stop(): Promise<void>;
}

const hourMinutes = 60;

/** @throws where another monitor holds the data directory, or it can't be used */
export async function runDesktop(options: DesktopOptions, dataDir: string): Promise<Desktop> {
  const clock = systemClock;
  const paths = dataPaths(dataDir);
  const logger = createLogFile(paths.logs, clock, { echo: false });
  const lock = await takeLock(paths.instance);
  const resources = join(projectRoot(), 'resources');
  const preload = join(projectRoot(), 'out', 'preload', 'preload.cjs');

  let act: (action: NotificationAction, alerts: readonly string[]) => void = () => {};
  const trayHost = hasTrayHost();
  const seal = await keychainSeal();
  let monitor: Monitor;
  try {
    monitor = await startMonitor({
      clock,
      dataDir,
      shell: 'desktop',
      version: productVersion(),
      isDemo: options.isDemo,
      ...(options.apiPort !== undefined && { apiPort: options.apiPort }),
      ...(options.metricsPort !== undefined && { metricsPort: options.metricsPort }),
      showNotification: createNotificationShower((action, alerts) => act(action, alerts)),
      startProcess: startUtilityProcess(clock),
      isOnBattery: () => powerMonitor.isOnBatteryPower(),
      ...(seal !== undefined && { secrets: openSecretFile(paths.secrets, seal) }),
    });
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
  if (monitor.addresses.apiUrl !== null) lock.announce(monitor.addresses.apiUrl);

  const core = coreOf(monitor);
  const { settings } = monitor;
  const speaker = (): Speaker => {
    const { language } = settings.current.general;
    return monitor.messages.speaker(language === 'system' ? chooseLanguage([app.getLocale()]) : language);
  };
  const hasTray = await trayHost;
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });

  serveAppProtocol(createAppPages(join(projectRoot(), 'out', 'renderer')));
  harden((url) => void shell.openExternal(url));
  const mainWindow = createMainWindow({
    clock,
    logger,
    preload,
    icon: process.platform === 'linux' ? join(resources, 'icons', 'icon.png') : undefined,
    keepHiddenMs: () => settings.current.general.keepHiddenWindowMinutes * 60_000,
    hasTray: () => hasTray,
    isQuitting: () => isQuitting,
  });
  const flyout = createFlyout({
    clock,
    preload,
    isQuitting: () => isQuitting,
    openScreen: (screen) => mainWindow.show(screen),
  });
  const port = serveMonitorPort(
    () => {
      // With the procedures come jobs, which the tray shows.
      void core.load();
      return monitor.loadRouter();
    },
    (contents: WebContents) => mainWindow.owns(contents) || flyout.owns(contents),
  );
  const updates = watchUpdates(clock, logger);

  /** What a person asked for from tray or notification; an alert may be gone by then, which is no fault. */
  const run = async (what: string, work: (client: CoreClient) => Promise<unknown>): Promise<void> => {
    try {
      await work(await core.load());
    } catch (error) {
      logger.warn(`${what} from the tray was refused`, { error });
    }
    tray?.refresh();
  };
  const onCommand = (command: TrayCommand): void => {
    switch (command.kind) {
      case 'open':
        mainWindow.show(command.screen);
        break;
      case 'acknowledge':
        void run('Acknowledging', (client) => client.alerts.acknowledge({ id: command.alert }));
        break;
      case 'snooze':
        void run('Snoozing', (client) => client.alerts.silence({ alert: command.alert, minutes: hourMinutes }));
        break;
      case 'repair':
        void run('Repairing', (client) => repairTarget(client, command.target));
        break;
      case 'cancel-job':
        void run('Cancelling', (client) => client.doctor.jobs.cancel({ id: command.job }));
        break;
      case 'go-on':
        void run('Going on', (client) => client.doctor.jobs.answer({ id: command.job, goOn: true }));
        break;
      case 'pause':
        void run('Pausing', (client) => client.monitor.pause({ minutes: hourMinutes }));
        break;
      case 'resume':
        void run('Resuming', (client) => client.monitor.resume());
        break;
      case 'restart-to-update':
        updates.restart();
        break;
      case 'quit':
        app.quit();
        break;
      default:
        assertNever(command);
    }
  };
  act = (action, alerts) => {
    if (action === 'show') mainWindow.show('/alerts');
    else for (const alert of alerts) onCommand({ kind: action, alert });
  };

  const tray: TrayIcon | undefined = hasTray
    ? createTray({
        live: monitor.live,
        iconFolder: join(resources, 'tray'),
        speaker,
        figure: () => settings.current.general.menuBarFigure,
        // Jobs are started through the procedures; until those are loaded there are none.
        jobs: async () => core.loaded?.doctor.jobs.list() ?? [],
        update: () => updates.ready,
        onCommand,
        onClick: (icon) => flyout.toggle(icon),
      })
    : undefined;
  const applySettings = (): void => {
    setApplicationMenu(speaker(), (screen) => mainWindow.show(screen));
    setAutostart(settings.current.general.startAtLogin).catch((error: unknown) =>
      logger.warn('Start at login could not be set', { error }),
    );
  };
  applySettings();
  const watchingSettings = settings.subscribe((next, previous) => {
    if (next.general !== previous.general) applySettings();
  });
  if (!options.isHidden || !hasTray) mainWindow.show();

  let stopping: Promise<void> | undefined;
  return {
    show: () => mainWindow.show(),
    stop() {
      stopping ??= (async () => {
        isQuitting = true;
        for (const part of [watchingSettings, updates, port, tray]) part?.[Symbol.dispose]();
        await monitor.stop();
        // Cookies and caches of the page are nothing we need; nothing may hold up the end.
        await session.defaultSession.clearCache().catch(() => {});
        lock[Symbol.dispose]();
      })();
      return stopping;
    },
  };
}

/** A target that is gone by now needs no repair. */
async function repairTarget(client: CoreClient, id: string): Promise<void> {
  const target = (await client.targets.list()).find(({ settings }) => settings.id === id)?.settings;
  if (target?.kind === 'sqlite') await client.doctor.repair({ file: target.path, profile: target.profile });
}

async function takeLock(path: string): Promise<InstanceLock> {
  const taken = await takeInstanceLock(path, answersHealth);
  if ('lock' in taken) return taken.lock;
  throw new AlreadyRuns(taken.holder.dashboard ?? `process ${taken.holder.pid}`);
}

/** A headless monitor holds the data directory. */
class AlreadyRuns extends Error {
  readonly where: string;
  constructor(where: string) {
    super(`HAKGAL Monitor already runs: ${where}`);
    this.where = where;
  }
}
