/**
 * Screens without live values look as they did: compared with committed pictures, by the Chromium and the fonts that
 * drew those (another one draws letters otherwise, so there it is skipped). After a wanted change:
 * HAKGAL_UPDATE_PICTURES=1 npx vitest run … appearance
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differingShare } from '../../support/compare-pictures.ts';
import { type Dashboard, dashboardReadiness, openDashboard } from '../../support/dashboard.ts';

const ready = dashboardReadiness();
const folder = join(import.meta.dirname, 'pictures');
const isUpdate = process.env.HAKGAL_UPDATE_PICTURES === '1';
/** A cursor, a rounding of a shadow; a moved button is a hundred times as much. */
const maxDiffering = 0.002;

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
  readonly locale?: string;
  /** What must be there before the picture is taken. */
  readonly settled: (page: Page) => Promise<unknown>;
  /** Left out: its text, and with it the room it takes, depends on the machine and on what was measured so far. */
  readonly hidden?: string;
}

const rule = (title: string) => (page: Page) => page.getByText(title, { exact: true }).waitFor();
const pictures: readonly Picture[] = [
  {
    name: 'rules-light-1024',
    path: '/alerts/rules',
    width: 1024,
    colorScheme: 'light',
    settled: rule('CPU is busy'),
    hidden: '.list-row .mantine-Text-root.quiet',
  },
  {
    name: 'rules-dark-400',
    path: '/alerts/rules',
    width: 400,
    colorScheme: 'dark',
    settled: rule('CPU is busy'),
    hidden: '.list-row .mantine-Text-root.quiet',
  },
  {
    name: 'settings-light-400',
    path: '/settings/store',
    width: 400,
    colorScheme: 'light',
    settled: (page) => page.getByRole('button', { name: 'Reset to defaults' }).waitFor(),
  },
  {
    name: 'settings-dark-1600',
    path: '/settings/http',
    width: 1600,
    colorScheme: 'dark',
    settled: (page) => page.getByRole('button', { name: 'Reset to defaults' }).waitFor(),
  },
  {
    name: 'settings-german-1024',
    path: '/settings/general',
    width: 1024,
    colorScheme: 'light',
    locale: 'de-DE',
    settled: (page) => page.getByText('Beim Anmelden starten').waitFor(),
  },
  {
    name: 'databases-empty-dark-1024',
    path: '/databases',
    width: 1024,
    colorScheme: 'dark',
    settled: (page) => page.locator('section.card').first().waitFor(),
  },
];

describe('the appearance', () => {
  let dashboard: Dashboard;
  let reason = 'missing' in ready ? ready.missing : undefined;
  beforeAll(async () => {
    if (!('chromium' in ready)) return;
    dashboard = await openDashboard(ready.chromium);
    const page = await dashboard.open();
    await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).last().click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const drawnBy = await signatureOf(page, dashboard.browser.version());
    const path = join(folder, 'drawn-by.txt');
    if (isUpdate) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, `${drawnBy}\n`);
    }
    const expected = existsSync(path) ? readFileSync(path, 'utf8').trim() : 'nothing';
    if (drawnBy !== expected) reason = `the pictures were drawn by ${expected}, this is ${drawnBy}`;
  });
  afterAll(() => dashboard?.close());

  it.for(pictures)('of $name is what it was', async (picture, context) => {
    if (reason !== undefined) {
      console.log(`Not compared: ${reason}`);
      context.skip(reason);
    }
    const { name, path, width, colorScheme, locale, settled, hidden } = picture;
    const page = await dashboard.open(path, {
      viewport: { width, height: 800 },
      colorScheme,
      ...(locale !== undefined && { locale }),
    });
    await settled(page);
    await page.getByRole('status').first().waitFor({ state: 'detached' });
    await page.evaluate(() => document.fonts.ready);
    // A busy machine has alerts.
    await hide(page, ['.count', ...(hidden === undefined ? [] : [hidden])].join(', '));
    const now = await page.screenshot({ animations: 'disabled' });
    const file = join(folder, `${name}.png`);
    if (isUpdate) writeFileSync(file, now);
    const share = await differingShare(page, now, readFileSync(file));
    if (share > maxDiffering) writeFileSync(join(folder, `${name}.now.png`), now);
    await page.context().close();
    expect(share, `see ${name}.now.png beside ${name}.png`).toBeLessThanOrEqual(maxDiffering);
  });
});

/** The dashboard's content policy lets no style element in; a sheet made by script is none. */
const hide = (page: Page, selector: string): Promise<void> =>
  page.evaluate((wanted) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${wanted} { display: none !important }`);
    document.adoptedStyleSheets.push(sheet);
  }, selector);

/** The browser's version, and the widths that its fonts give a text. */
async function signatureOf(page: Page, version: string): Promise<string> {
  const widths = await page.evaluate(() =>
    ['system-ui, sans-serif', 'ui-monospace, monospace'].map((font) => {
      const context = new OffscreenCanvas(10, 10).getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.font = `600 97px ${font}`;
      return context.measureText('HAKGAL Monitor 0123456789 %').width.toFixed(1);
    }),
  );
  return `Chromium ${version}, letters ${widths.join(' and ')}`;
}
