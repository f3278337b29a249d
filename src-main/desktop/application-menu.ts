/** The menu of the window: macOS needs one for copy and paste; without a tray it is the way to quit. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { DesktopText } from './text/index.ts';

type Role = keyof DesktopText['roles'];

export function setApplicationMenu(text: DesktopText, open: (screen: string) => void): void {
  const isMac = process.platform === 'darwin';
  const item = (role: Role): MenuItemConstructorOptions => ({ role, label: text.roles[role] });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const settings: MenuItemConstructorOptions = {
    label: text.settings,
    accelerator: 'CommandOrControl+,',
    click: () => open('/settings'),
  };
  const quit: MenuItemConstructorOptions = { role: 'quit', label: text.quit, accelerator: 'CommandOrControl+Q' };
  const first: MenuItemConstructorOptions = isMac
    ? { label: app.name, submenu: [item('about'), settings, line, item('hide'), item('hideOthers'), quit] }
    : { label: text.file, submenu: [settings, line, item('close'), quit] };
  const edit = [item('undo'), item('redo'), line, item('cut'), item('copy'), item('paste'), item('selectAll')];
  const view = [item('resetZoom'), item('zoomIn'), item('zoomOut'), line, item('togglefullscreen')];
  const window = [item('minimize'), ...(isMac ? [item('close')] : [])];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      first,
      { label: text.edit, submenu: edit },
      { label: text.view, submenu: view },
      // On macOS the role makes the system add its list of windows.
      { role: 'window', label: text.window, submenu: window },
    ]),
  );
}
