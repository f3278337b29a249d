/** The desktop app's own options among those that Chromium takes. Pure. */
import { resolve } from 'node:path';
import { parseRunOptions, type RunOptions } from '../command-line/run-options.ts';
import { type Outcome, ok } from '../contract/outcome.ts';

export interface DesktopOptions extends RunOptions {
  /** Tray only: started at login. */
  readonly isHidden: boolean;
}

/** Switches that Chromium and Electron read themselves, by their beginnings; anything else unknown is wrong use. */
const chromiumSwitches =
  /^--(no-sandbox|disable-|enable-|force-|ozone-|gtk-version|lang=|inspect|remote-debugging|js-flags|user-data-dir|use-|password-store|proxy-|trace-|log-|v=|vmodule|in-process-gpu|headless|squirrel-|updated|relaunch|allow-file-access|original-process-start-time)|^-psn_/;

/**
 * Who may start the packaged app with these reads everything in it and changes what it does: they are for checkouts.
 */
const dangerousSwitches =
  /^--(inspect|remote-debugging|remote-allow-origins|js-flags|proxy-[a-z-]+|host-rules|host-resolver-rules|disable-web-security|disable-site-isolation|allow-file-access|load-extension|enable-logging|log-net-log|ignore-certificate-errors|no-sandbox|disable-(?:setuid-|gpu-|seccomp-filter-)?sandbox|enable-automation|user-data-dir|renderer-cmd-prefix|utility-cmd-prefix|gpu-launcher|browser-subprocess-path|single-process|require|import)(?:[=-]|$)/;

/** The first switch that a packaged app refuses; undefined: none is there. */
export const refusedSwitch = (argv: readonly string[]): string | undefined =>
  argv.find((arg) => dangerousSwitches.test(arg))?.split('=')[0];

/** @param args what stands after the program, or in a checkout after the app's folder */
export function parseDesktopOptions(
  args: readonly string[],
  environment: (name: string) => string | undefined,
): Outcome<DesktopOptions> {
  const own = args.filter((arg) => !chromiumSwitches.test(arg));
  const parsed = parseRunOptions(
    own.filter((arg) => arg !== '--hidden'),
    environment,
  );
  return parsed.ok ? ok({ ...parsed.value, isHidden: own.includes('--hidden') }) : parsed;
}

/** Electron from a checkout: `electron [switches] FOLDER [options]`; packaged: `program [options]`. */
export function ownArguments(argv: readonly string[], appFolder: string, isPackaged: boolean): readonly string[] {
  if (isPackaged) return argv.slice(1);
  const folder = argv.findIndex((arg, index) => index > 0 && resolve(arg) === appFolder);
  return folder === -1 ? [] : argv.slice(folder + 1);
}
