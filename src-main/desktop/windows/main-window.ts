/**
 * The window: made when first wanted, hidden on close, ended after some minutes hidden so that the tray alone costs no
 * renderer.
 */
import { app, BrowserWindow, nativeTheme } from 'electron';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { appOrigin } from '../app-protocol.ts';
import { webPreferences } from './harden.ts';

export interface MainWindowOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly preload: string;
  readonly icon: string | undefined;
  readonly keepHiddenMs: () => number;
  /** Without a tray a hidden window could not be found again: it is minimised instead. */
  readonly hasTray: () => boolean;
  readonly isQuitting: () => boolean;
}

export interface MainWindow {
  /** Brings it to the front; on `screen` ("/alerts") where given, else where it was. */
  show(screen?: string): void;
  owns(contents: Electron.WebContents): boolean;
  readonly isOpen: boolean;
}

/** A renderer that ends again right after it was made is not made once more. */
const restartPauseMs = 10_000;

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { clock, logger } = options;
  let window: BrowserWindow | undefined;
  let ending: Disposable | undefined;
  let lastCrashAt = Number.NEGATIVE_INFINITY;

  const keepAlive = (): void => {
    ending?.[Symbol.dispose]();
    ending = undefined;
  };
  const make = (screen: string): BrowserWindow => {
    const made = new BrowserWindow({
      width: 1240,
      height: 860,
      minWidth: 400,
      minHeight: 480,
      show: false,
      title: 'HAKGAL Monitor',
      autoHideMenuBar: options.hasTray(),
      // The page's own ground, so that the first frame does not flash.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#10141a' : '#f6f7f9',
      ...(options.icon !== undefined && { icon: options.icon }),
      webPreferences: webPreferences(options.preload),
    });
    made.once('ready-to-show', () => made.show());
    // In the dock of macOS only while there is a window to switch to.
    made.on('show', () => void app.dock?.show());
    made.on('hide', () => app.dock?.hide());
    made.on('close', (event) => {
      if (options.isQuitting()) return;
      event.preventDefault();
      if (!options.hasTray()) {
        made.minimize();
        return;
      }
      made.hide();
      ending = clock.after(options.keepHiddenMs(), () => made.destroy());
    });
    made.on('closed', () => {
      keepAlive();
      window = undefined;
    });
    made.webContents.on('render-process-gone', (_, details) => {
      if (details.reason === 'clean-exit') return;
      logger.error('The window ended', { reason: details.reason, exitCode: details.exitCode });
      const isFirst = clock.monotonic() - lastCrashAt > restartPauseMs;
      lastCrashAt = clock.monotonic();
      if (isFirst && made.isVisible()) made.webContents.reload();
      else made.destroy();
    });
    void made.loadURL(`${appOrigin}/#${screen}`);
    return made;
  };
  return {
    show(screen) {
      keepAlive();
      if (window === undefined) {
        window = make(screen ?? '/');
        return;
      }
      // The fragment alone changes, so the page stays and its router follows.
      if (screen !== undefined) void window.loadURL(`${appOrigin}/#${screen}`);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    owns: (contents) => window?.webContents === contents,
    get isOpen() {
      return window !== undefined;
    },
  };
}
