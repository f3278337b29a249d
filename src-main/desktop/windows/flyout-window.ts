/** The small window beside the tray icon: values at a glance, gone at the first click elsewhere. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Clock } from '../../platform/clock.ts';
import { appOrigin } from '../app-protocol.ts';
import { placeFlyout, type Rectangle } from '../tray/place-flyout.ts';
import { webPreferences } from './harden.ts';

export interface FlyoutOptions {
  readonly clock: Clock;
  readonly preload: string;
  readonly isQuitting: () => boolean;
  /** Its links lead to the main window: `/alerts`. */
  readonly openScreen: (screen: string) => void;
}

export interface Flyout {
  toggle(icon: Rectangle): void;
  owns(contents: Electron.WebContents): boolean;
}

/** Room for four values, an alert and four processes; with more it scrolls. */
const size = { width: 360, height: 560 };
/** A second glance soon after the first is common and opens at once; after that its renderer is ended. */
const keepHiddenMs = 60_000;
const ownScreens = `${appOrigin}/#`;
/**
 * The click on the icon that closes it takes the focus away first, which hides it; that same click must not open it
 * again.
 */
const sameClickMs = 250;

export function createFlyout({ clock, preload, isQuitting, openScreen }: FlyoutOptions): Flyout {
  let window: BrowserWindow | undefined;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  let ending: Disposable | undefined;

  const make = (): BrowserWindow => {
    const made = new BrowserWindow({
      ...size,
      show: false,
      frame: false,
      resizable: false,
      movable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      title: 'HAKGAL Monitor',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#171c24' : '#ffffff',
      webPreferences: webPreferences(preload),
    });
    const hide = (): void => {
      if (!made.isVisible()) return;
      made.hide();
      hiddenAt = clock.monotonic();
      ending = clock.after(keepHiddenMs, () => made.destroy());
    };
    made.on('blur', hide);
    made.on('close', (event) => {
      if (isQuitting()) return;
      event.preventDefault();
      hide();
    });
    made.webContents.on('before-input-event', (event, input) => {
      if (input.type !== 'keyDown' || input.key !== 'Escape') return;
      event.preventDefault();
      hide();
    });
    made.webContents.setWindowOpenHandler(({ url }) => {
      if (url.startsWith(ownScreens)) {
        openScreen(url.slice(ownScreens.length));
        hide();
      }
      return { action: 'deny' };
    });
    made.webContents.on('render-process-gone', () => made.destroy());
    made.on('closed', () => {
      ending?.[Symbol.dispose]();
      window = undefined;
    });
    void made.loadURL(`${appOrigin}/#/flyout`);
    return made;
  };
  const showAt = (shown: BrowserWindow, icon: Rectangle): void => {
    const pointer = screen.getCursorScreenPoint();
    const near = icon.width > 0 ? icon : pointer;
    const { workArea } = screen.getDisplayNearestPoint({ x: near.x, y: near.y });
    shown.setBounds({ ...placeFlyout(icon, pointer, workArea, size), ...size });
    shown.show();
  };
  return {
    toggle(icon) {
      if (window?.isVisible()) {
        window.close();
        return;
      }
      if (clock.monotonic() - hiddenAt < sameClickMs) return;
      ending?.[Symbol.dispose]();
      if (window !== undefined) {
        showAt(window, icon);
        return;
      }
      const made = make();
      window = made;
      made.once('ready-to-show', () => showAt(made, icon));
    },
    owns: (contents) => window?.webContents === contents,
  };
}
