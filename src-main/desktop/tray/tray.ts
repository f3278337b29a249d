/** The tray icon: draws the live state once a tick, and does what its menu says. */
import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeTheme, Tray } from 'electron';
import type { Job } from '../../contract/doctor/jobs.ts';
import type { Settings } from '../../contract/settings/settings.ts';
import type { LiveFeed } from '../../live/live-feed.ts';
import type { Speaker } from '../../messages/catalogue.ts';
import type { Rectangle } from './place-flyout.ts';
import { trayIconFile } from './tray-icon.ts';
import { type TrayCommand, type TrayMenuItem, trayMenu } from './tray-menu.ts';
import { figureOf, tooltipOf, trayStateOf } from './tray-state.ts';

export interface TrayOptions {
  readonly live: LiveFeed;
  readonly iconFolder: string;
  readonly speaker: () => Speaker;
  readonly figure: () => Settings['general']['menuBarFigure'];
  readonly jobs: () => Promise<readonly Job[]>;
  readonly update: () => string | undefined;
  readonly onCommand: (command: TrayCommand) => void;
  readonly onClick: (icon: Rectangle) => void;
}

export interface TrayIcon extends Disposable {
  /** Draws now instead of at the next tick. */
  refresh(): void;
}

export function createTray(options: TrayOptions): TrayIcon {
  const { platform } = process;
  const isBarDark = (): boolean =>
    nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ?? nativeTheme.shouldUseDarkColors;
  const iconPath = (): string =>
    join(options.iconFolder, trayIconFile(trayStateOf(options.live.current), platform, isBarDark()));

  let shownIcon = iconPath();
  const tray = new Tray(shownIcon);
  let shownTooltip = '';
  let shownFigure = '';
  let shownMenu = '';
  let jobs: readonly Job[] = [];

  const menuItems = (): readonly TrayMenuItem[] => {
    const update = options.update();
    return trayMenu({
      state: options.live.current,
      jobs,
      speaker: options.speaker(),
      ...(update !== undefined && { update }),
    });
  };
  const toMenu = (items: readonly TrayMenuItem[]): Menu =>
    Menu.buildFromTemplate(items.map((item) => toTemplate(item, options.onCommand)));

  const draw = (): void => {
    if (tray.isDestroyed()) return;
    const state = options.live.current;
    const speaker = options.speaker();
    const icon = iconPath();
    if (icon !== shownIcon) tray.setImage(icon);
    shownIcon = icon;
    const tooltip = tooltipOf(state, speaker);
    if (tooltip !== shownTooltip) tray.setToolTip(tooltip);
    shownTooltip = tooltip;
    if (platform === 'darwin') {
      const figure = figureOf(state, options.figure(), speaker.locale);
      if (figure !== shownFigure) tray.setTitle(figure, { fontType: 'monospacedDigit' });
      shownFigure = figure;
    }
    // Linux shows the menu that was set, whatever the click; the others get a fresh one when they ask.
    if (platform === 'linux') {
      // The first line changes every second, and a menu that is set anew closes under the pointer.
      const items = menuItems().slice(2);
      const menu = JSON.stringify(items);
      if (menu !== shownMenu) tray.setContextMenu(toMenu(items));
      shownMenu = menu;
    }
  };
  const refresh = (): void => {
    draw();
    // A list that can't be had now is no reason to have no tray.
    options.jobs().then(
      (next) => {
        jobs = next;
      },
      () => {},
    );
  };
  const popUp = (): void => tray.popUpContextMenu(toMenu(menuItems()));

  tray.on('click', (event, bounds) => {
    if (event.ctrlKey && platform === 'darwin') popUp();
    else options.onClick(bounds ?? tray.getBounds());
  });
  if (platform !== 'linux') tray.on('right-click', popUp);
  nativeTheme.on('updated', draw);
  const watching = options.live.glance(refresh);
  refresh();
  return {
    refresh,
    [Symbol.dispose]() {
      watching[Symbol.dispose]();
      nativeTheme.off('updated', draw);
      tray.destroy();
    },
  };
}

function toTemplate(item: TrayMenuItem, run: (command: TrayCommand) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'line':
      return { type: 'separator' };
    case 'text':
      return { label: item.label, enabled: false };
    case 'menu':
      return { label: item.label, submenu: item.items.map((one) => toTemplate(one, run)) };
    case 'command':
      return { label: item.label, enabled: item.isOff !== true, click: () => run(item.command) };
  }
}
