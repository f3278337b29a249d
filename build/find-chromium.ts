/** A Chromium for browser tests: the one on the machine, else Debian's package, else playwright's own. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { type Program, requireDebian } from '../test/support/peers/debian.ts';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const wellKnownPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) =>
    ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((file) =>
      join(process.env[variable] ?? 'C:\\', file),
    ),
  ),
};

export function findChromium(): Program {
  const named = process.env.HAKGAL_CHROMIUM;
  if (named !== undefined) return existsSync(named) ? { path: named } : { missing: `HAKGAL_CHROMIUM: no ${named}` };
  const present = onThisMachine();
  if (present !== undefined) return { path: present };
  const debian = requireDebian('chromium', 'chromium');
  return 'path' in debian ? debian : fromPlaywright();
}

function onThisMachine(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => commands.map((command) => join(folder, command)));
  return [...onPath, ...(wellKnownPlaces[process.platform] ?? [])].find((path) => existsSync(path));
}

function fromPlaywright(): Program {
  const own = chromium.executablePath();
  if (existsSync(own)) return { path: own };
  console.log('Fetching a Chromium for the browser tests …');
  try {
    const cli = join(import.meta.dirname, '..', 'node_modules', 'playwright-core', 'cli.js');
    execFileSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 10 * 60_000 });
  } catch {
    return { missing: 'no Chromium on this machine, and none could be fetched' };
  }
  return existsSync(own) ? { path: own } : { missing: 'playwright installed no Chromium' };
}
