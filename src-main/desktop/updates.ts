/**
 * Updates from the feed that the package was built with. A build without one (a checkout, a package made here) never
 * asks anybody anything; nothing is installed before the user restarts.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { dayMs } from '../contract/shared/durations.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';

export interface Updates extends Disposable {
  /** Version that waits for a restart. */
  readonly ready: string | undefined;
  restart(): void;
}

const checkEveryMs = dayMs;

export function watchUpdates(clock: Clock, logger: Logger): Updates {
  let ready: string | undefined;
  let timer: Disposable | undefined;
  let restart = (): void => {};
  const start = async (): Promise<void> => {
    const { default: updater } = await import('electron-updater');
    const { autoUpdater } = updater;
    autoUpdater.logger = logger;
    autoUpdater.autoInstallOnAppQuit = true;
    autoUpdater.allowDowngrade = false;
    autoUpdater.on('update-downloaded', ({ version }) => {
      ready = version;
    });
    restart = () => autoUpdater.quitAndInstall();
    const check = (): void => {
      autoUpdater.checkForUpdates().catch((error: unknown) => logger.warn('No answer about updates', { error }));
      timer = clock.after(checkEveryMs, check);
    };
    check();
  };
  if (app.isPackaged && isSigned(join(process.resourcesPath, 'app-update.yml'))) void start();
  return {
    get ready() {
      return ready;
    },
    restart: () => restart(),
    [Symbol.dispose]: () => timer?.[Symbol.dispose](),
  };
}

/**
 * Whether what is fetched will be proven to come from the publisher: macOS compares signatures itself, Windows where
 * the feed's file names the publisher. On Linux there is only the feed's own checksum, so there nothing is installed
 * unasked. Not run on macOS and Windows.
 */
function isSigned(feed: string): boolean {
  if (!existsSync(feed)) return false;
  if (process.platform === 'win32') return /^publisherName:/m.test(readFileSync(feed, 'utf8'));
  return process.platform === 'darwin';
}
