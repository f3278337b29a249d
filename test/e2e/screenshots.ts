/**
 * `node test/e2e/screenshots.ts` draws the pictures of the README anew, into resources/screenshots: the demo on the
 * built monitor, in a folder whose name tells nothing, after it has run for the five minutes that a live chart shows.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startBuilt } from '../bench/support/built-monitor.ts';
import { dashboardReadiness } from '../support/dashboard.ts';
import { importMonth } from '../support/month-of-history.ts';

const folder = join(import.meta.dirname, '..', '..', 'resources', 'screenshots');
/** Shown in the pictures. */
const dataDir = process.argv[2] ?? '/var/lib/hakgal-monitor';
const warmUpMs = Number(process.env.HAKGAL_WARM_UP_SECONDS ?? 300) * 1000;

const ready = dashboardReadiness();
if ('missing' in ready) throw new Error(ready.missing);
// Not one that holds somebody's history.
mkdirSync(dataDir);
mkdirSync(folder, { recursive: true });
try {
  await importMonth(dataDir, { stepMs: 60_000, until: Date.now() - 60_000 });
  await using monitor = await startBuilt({ dataDir, args: ['--demo'] });
  await new Promise((resolve) => setTimeout(resolve, warmUpMs));
  const browser = await chromium.launch({ executablePath: ready.chromium, args: ['--no-sandbox'] });
  const open = async (path: string, colorScheme: 'light' | 'dark', width: number, height: number): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    const page = await context.newPage();
    await page.goto(`${monitor.dashboard}#${path}`);
    await page.locator('section.card, .flyout-value').first().waitFor();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
    return page;
  };
  const save = async (page: Page, name: string): Promise<void> => {
    // The process table comes every ten seconds; the other parts are there long before.
    await page.waitForTimeout(2_000);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    await page.context().close();
    console.log(`${path} ${Math.round(statSync(path).size / 1000)} kB`);
  };
  try {
    await save(await open('/', 'light', 1440, 900), 'overview');
    await save(await open('/', 'dark', 1440, 900), 'overview-dark');
    await save(await open('/trends/30d', 'light', 1440, 900), 'trends');
    await save(await open('/alerts/active', 'light', 1200, 700), 'alerts');
    await save(await open('/flyout', 'dark', 400, 560), 'flyout');
    const repair = await open('/databases/sample-knowledge-base', 'light', 1200, 900);
    await repair.getByRole('button', { name: 'Examine', exact: true }).click();
    await repair.getByRole('button', { name: 'Repair', exact: true }).click();
    const after = repair.getByRole('region', { name: 'After' });
    await after.getByText('Healthy').waitFor();
    // Looked at again after the repair.
    await repair.getByText('Healthy', { exact: true }).first().waitFor({ timeout: 60_000 });
    await save(repair, 'repair');
  } finally {
    await browser.close();
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
