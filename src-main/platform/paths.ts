/** Where things lie on each system. */
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { environment } from './environment.ts';

/** The folder of the user's data when none is named: what each system's guide says, machine-local on Windows. */
export function defaultDataDir(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32')
    return join(environment('LOCALAPPDATA') ?? join(homedir(), 'AppData', 'Local'), 'HAKGAL Monitor');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'HAKGAL Monitor');
  return join(environment('XDG_DATA_HOME') ?? join(homedir(), '.local', 'share'), 'hakgal-monitor');
}

/**
 * One name for one file: links resolved, and letters as the disk has them. What is not there keeps the name it was
 * given, in its real folder.
 */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(resolve(path));
    return join(existsSync(folder) ? realpathSync.native(folder) : folder, basename(path));
  }
}

/** Where people keep their own files: the home folder and where the program was started. */
export const placesOfDocuments = (): readonly string[] => [...new Set([homedir(), process.cwd()])];

/** Everything inside a data directory, so that no two files guess a name. */
export const dataPaths = (dataDir: string) => ({
  settings: join(dataDir, 'settings.json'),
  history: join(dataDir, 'history.db'),
  /** What processes had before their priority was lowered. */
  loweredPriorities: join(dataDir, 'lowered-priorities.json'),
  watch: join(dataDir, 'insights-state.json'),
  doctor: join(dataDir, 'doctor'),
  instance: join(dataDir, 'instance.json'),
  token: join(dataDir, 'token'),
  secrets: join(dataDir, 'secrets.json'),
  logs: join(dataDir, 'logs'),
  demo: join(dataDir, 'demo'),
  targetMemory: join(dataDir, 'targets.json'),
});
