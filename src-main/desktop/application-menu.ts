/** The menu of the window: macOS needs one for copy and paste; without a tray it is the way to quit. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { DesktopText } from './text/index.ts';

export function setApplicationMenu(text: DesktopText, open: (screen: string) => void): void {
  const settings: MenuItemConstructorOptions = {
    label: text.settings,
    accelerator: 'CommandOrControl+,',
    click: () => open('/settings'),
  };
  const quit: MenuItemConstructorOptions = { role: 'quit', label: text.quit, accelerator: 'CommandOrControl+Q' };
  const first: MenuItemConstructorOptions =
    process.platform === 'darwin'
      ? {
          role: 'appMenu',
          submenu: [{ role: 'about' }, settings, { type: 'separator' }, { role: 'hide' }, { role: 'hideOthers' }, quit],
        }
      : { label: text.file, submenu: [settings, { type: 'separator' }, { role: 'close' }, quit] };
  const zoom: MenuItemConstructorOptions[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      first,
      { role: 'editMenu', label: text.edit },
      { label: text.view, submenu: [...zoom, { type: 'separator' }, { role: 'togglefullscreen' }] },
      { role: 'windowMenu', label: text.window },
    ]),
  );
}
