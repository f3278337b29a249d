/** Whether there is a place for a tray icon at all; Windows and macOS always have one. */
import { environment } from '../../platform/environment.ts';
import { runCommand } from '../../platform/run-command.ts';

const question = [
  ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'],
  ['org.freedesktop.DBus.NameHasOwner', 'string:org.kde.StatusNotifierWatcher'],
].flat();

/**
 * Linux desktops show tray icons only where somebody owns the StatusNotifierWatcher name; a plain GNOME does not.
 * `HAKGAL_TRAY` (`yes`, `no`) overrules the answer, for panels that take icons another way.
 */
export async function hasTrayHost(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const said = environment('HAKGAL_TRAY');
  if (said === 'yes' || said === 'no') return said === 'yes';
  if (platform !== 'linux') return true;
  const answer = await runCommand('dbus-send', question, { timeoutMs: 1_000 });
  return answer.ok && answer.value.includes('true');
}
