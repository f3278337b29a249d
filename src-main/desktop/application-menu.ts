/** The menu of the window: macOS needs one for copy and paste; without a tray it is the way to quit. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Speaker } from '../messages/catalogue.ts';
import { roleWords, desktopWords as words } from './desktop-words.ts';

type Role = keyof typeof roleWords;

export function setApplicationMenu(speaker: Speaker, open: (screen: string) => void): void {
  const isMac = process.platform === 'darwin';
  const item = (role: Role): MenuItemConstructorOptions => ({ role, label: speaker.say(roleWords[role]) });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const settings: MenuItemConstructorOptions = {
    label: speaker.say(words.settings),
    accelerator: 'CommandOrControl+,',
    click: () => open('/settings'),
  };
  const quit: MenuItemConstructorOptions = {
    role: 'quit',
    label: speaker.say(words.quit),
    accelerator: 'CommandOrControl+Q',
  };
  const first: MenuItemConstructorOptions = isMac
    ? { label: app.name, submenu: [item('about'), settings, line, item('hide'), item('hideOthers'), quit] }
    : { label: speaker.say(words.file), submenu: [settings, line, item('close'), quit] };
  const edit = [item('undo'), item('redo'), line, item('cut'), item('copy'), item('paste'), item('selectAll')];
  const view = [item('resetZoom'), item('zoomIn'), item('zoomOut'), line, item('togglefullscreen')];
  const window = [item('minimize'), ...(isMac ? [item('close')] : [])];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      first,
      { label: speaker.say(words.edit), submenu: edit },
      { label: speaker.say(words.view), submenu: view },
      // On macOS the role makes the system add its list of windows.
      { role: 'window', label: speaker.say(words.window), submenu: window },
    ]),
  );
}
