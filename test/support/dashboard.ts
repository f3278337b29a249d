/** The dashboard as a person has it: a real headless monitor, and a page in Chromium that is signed in to it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../build/find-chromium.ts';
import { type Headless, type HeadlessOptions, startHeadless } from './headless.ts';

export interface Dashboard {
  readonly monitor: Headless;
  readonly browser: Browser;
  /** A signed-in page of its own session. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export type Readiness = { readonly chromium: string } | { readonly missing: string };

/** What a browser test needs besides the sources: a Chromium and the built page. */
export function dashboardReadiness(): Readiness {
  const found = findChromium();
  if ('missing' in found) return { missing: found.missing };
  const page = join(import.meta.dirname, '..', '..', 'out', 'renderer', 'index.html');
  return existsSync(page) ? { chromium: found.path } : { missing: 'the dashboard is not built: npm run build' };
}

export async function openDashboard(executablePath: string, options: HeadlessOptions = {}): Promise<Dashboard> {
  const monitor = await startHeadless(options);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  return {
    monitor,
    browser,
    async open(path = '/', contextOptions = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        locale: 'en-GB',
        reducedMotion: 'reduce',
        ...contextOptions,
      });
      const page = await context.newPage();
      await page.goto(`${monitor.dashboard}#${path}`);
      return page;
    },
    async close() {
      await browser.close();
      await monitor.stop();
    },
  };
}
