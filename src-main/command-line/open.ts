/** `hakgal-monitor open`: opens the dashboard of the running monitor, signed in. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readToken } from '../http/token.ts';
import { environment } from '../platform/environment.ts';
import { findInstance } from '../platform/instance-lock.ts';
import { dataPaths } from '../platform/paths.ts';
import { writePrivateFile } from '../platform/private-file.ts';
import { runCommand } from '../platform/run-command.ts';
import { parseDataDirOptions } from './data-dir-options.ts';
import { signedInAddress } from './signed-in-address.ts';

const openUsage = `Usage: hakgal-monitor open [--data-dir DIR] [--print]

Opens the dashboard in the browser, signed in. The address holds for two minutes and one browser; --print only shows it.
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

export async function runOpen(args: readonly string[]): Promise<number> {
  const parsed = parseDataDirOptions(args, ['print'], environment);
  if (!parsed.ok) {
    complain(`${parsed.failure.message}\n\n${openUsage}`);
    return 2;
  }
  const { dataDir, flags } = parsed.value;
  const paths = dataPaths(dataDir);
  const instance = findInstance(paths.instance);
  if (instance === undefined || readToken(paths.token) === undefined) {
    complain(`No monitor runs on ${dataDir}.\nStart one with: hakgal-monitor run`);
    return 1;
  }
  const address = signedInAddress(paths.token, instance.dashboard);
  say(address);
  if (flags.has('print')) return 0;
  // Arguments of programs are shown to everybody on the machine, so the browser gets a file that only this user can
  // read.
  const page = join(dataDir, 'open.html');
  writePrivateFile(page, `<!doctype html><meta http-equiv="refresh" content="0;url=${address}">\n`);
  const opened = await openInBrowser(pathToFileURL(page).href);
  if (!opened) complain('No browser could be opened: paste the address above into one within two minutes.');
  return 0;
}

/** Not run on Windows and macOS. */
async function openInBrowser(address: string): Promise<boolean> {
  const limits = { timeoutMs: 10_000 };
  if (process.platform === 'darwin') return (await runCommand('open', [address], limits)).ok;
  if (process.platform === 'win32')
    return (await runCommand('rundll32', ['url.dll,FileProtocolHandler', address], limits)).ok;
  const hasDisplay = environment('DISPLAY') !== undefined || environment('WAYLAND_DISPLAY') !== undefined;
  return hasDisplay && (await runCommand('xdg-open', [address], limits)).ok;
}
