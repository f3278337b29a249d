/**
 * Electron's entry: one instance for a data directory, crash handling, then desktop/. Imports little: what must be said
 * to Electron before it is ready has no time to wait for the rest of the app to load.
 */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { usage } from './command-line/run-options.ts';
import { chooseLanguage } from './contract/text/text.ts';
import { declareAppProtocol } from './desktop/app-protocol.ts';
import { watchCrashes } from './desktop/crashes.ts';
import { ownArguments, parseDesktopOptions, refusedSwitch } from './desktop/desktop-options.ts';
import { desktopWords as words } from './desktop/desktop-words.ts';
import type { Desktop } from './desktop/run-desktop.ts';
import { plainSpeaker } from './messages/plain-speaker.ts';
import { systemClock } from './platform/clock.ts';
import { makeDataDir } from './platform/data-folder.ts';
import { environment } from './platform/environment.ts';
import { dataPaths, defaultDataDir } from './platform/paths.ts';
import { productVersion } from './platform/product.ts';

/** A stop that hangs must not keep the process: what has to be written is written well before this. */
const stopDeadlineMs = 2_000;

declareAppProtocol();
const parsed = parseDesktopOptions(ownArguments(process.argv, app.getAppPath(), app.isPackaged), environment);
let desktop: Desktop | undefined;

const refused = app.isPackaged ? refusedSwitch(process.argv.slice(1)) : undefined;

if (refused !== undefined) {
  process.stderr.write(`The installed app does not take ${refused}: it would open it to other programs.\n`);
  app.exit(2);
} else if (!parsed.ok) {
  process.stderr.write(`${parsed.failure.message}\n\n${usage}`);
  app.exit(2);
} else if (parsed.value.wantsHelp || parsed.value.wantsVersion) {
  process.stdout.write(parsed.value.wantsHelp ? usage : `${productVersion()}\n`);
  app.exit(0);
} else {
  const dataDir = parsed.value.dataDir ?? defaultDataDir();
  start(dataDir).catch(fail);
}

async function start(dataDir: string): Promise<void> {
  if (!parsed.ok) return;
  makeDataDir(dataDir);
  // Chromium's own files lie with ours, and its instance lock is then one for each data directory.
  app.setPath('userData', join(dataDir, 'electron'));
  if (!app.requestSingleInstanceLock()) {
    process.stdout.write('HAKGAL Monitor already runs; its window comes to the front.\n');
    app.exit(0);
    return;
  }
  let isShowWanted = false;
  app.on('second-instance', () => {
    isShowWanted = true;
    desktop?.show();
  });
  watchCrashes(
    systemClock,
    () => dataPaths(dataDir).logs,
    () => end(1),
  );
  app.on('activate', () => desktop?.show());
  // The tray goes on without a window.
  app.on('window-all-closed', () => {});
  // A page that hangs would keep its window, and the window the app.
  app.on('before-quit', () => void systemClock.after(stopDeadlineMs, () => end(0)));
  app.on('will-quit', (event) => {
    event.preventDefault();
    end(0);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
  app.setAppUserModelId('dev.hakgal.monitor');
  const { runDesktop } = await import('./desktop/run-desktop.ts');
  await app.whenReady();
  desktop = await runDesktop(parsed.value, dataDir);
  if (isShowWanted) desktop.show();
}

function end(code: number): void {
  const stopped = desktop?.stop().catch((error: unknown) => process.stderr.write(`${error}\n`)) ?? Promise.resolve();
  void Promise.race([stopped, systemClock.sleep(stopDeadlineMs)]).then(() => app.exit(code));
}

async function fail(error: unknown): Promise<void> {
  const speaker = plainSpeaker(chooseLanguage([app.isReady() ? app.getLocale() : 'en']));
  const { where, message: english } = error as Error & { readonly where?: string };
  const message = where === undefined ? english : speaker.say(words['already-runs'], { where });
  const title = speaker.say(words['could-not-start']);
  process.stderr.write(`${title}: ${message}\n`);
  if (app.isPackaged) {
    await app.whenReady();
    dialog.showErrorBox(title, message);
  }
  app.exit(1);
}
