/** Start at login, as each system has it: a login item, or a file in the autostart folder. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { environment } from '../platform/environment.ts';
import { autostartEntry } from './autostart-entry.ts';

/** At login the tray is enough. */
const hiddenSwitch = '--hidden';

/** Makes the system's state the wanted one; touches nothing that is right already. */
export async function setAutostart(isWanted: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    const settings = { openAtLogin: isWanted, args: [...ownArguments(), hiddenSwitch] };
    if (app.getLoginItemSettings({ args: settings.args }).openAtLogin !== isWanted) app.setLoginItemSettings(settings);
    return;
  }
  const path = autostartPath();
  if (!isWanted) {
    rmSync(path, { force: true });
    return;
  }
  // An AppImage runs from a mount that is another one each time; the file itself is named in the environment.
  const program = environment('APPIMAGE') ?? process.execPath;
  const entry = autostartEntry([program, ...ownArguments(), hiddenSwitch]);
  if (read(path) === entry) return;
  mkdirSync(dirname(path), { recursive: true });
  await writeFileAtomic(path, entry);
}

/** Run from a checkout, Electron has to be told which app. */
const ownArguments = (): readonly string[] => (app.isPackaged ? [] : [app.getAppPath()]);

const autostartPath = (): string =>
  join(environment('XDG_CONFIG_HOME') ?? join(homedir(), '.config'), 'autostart', 'hakgal-monitor.desktop');

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
