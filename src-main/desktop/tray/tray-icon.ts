/**
 * Which picture the tray shows: by state, platform and the task bar's shade. Pure; the files are made by
 * build/make-icons.ts.
 */
import type { TrayState } from './tray-state.ts';

/**
 * Windows has a light and a dark task bar; macOS recolours a template image itself; panels of Linux come in any shade,
 * so its pictures carry their own ground.
 */
export function trayIconFile(state: TrayState, platform: NodeJS.Platform, isBarDark: boolean): string {
  if (platform === 'darwin') return `${state}Template.png`;
  if (platform === 'win32') return `${state}-on-${isBarDark ? 'dark' : 'light'}.ico`;
  return `${state}.png`;
}
