/** What axe can't see: where the focus goes, what moves, what is told again and again. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Dashboard, dashboardReadiness, openDashboard } from '../../support/dashboard.ts';

const ready = dashboardReadiness();
beforeEach((context) => {
  if ('missing' in ready) context.skip(ready.missing);
});

let dashboard: Dashboard;
beforeAll(async () => {
  if (!('chromium' in ready)) return;
  dashboard = await openDashboard(ready.chromium);
  const page = await dashboard.open();
  await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.context().close();
});
afterAll(() => dashboard?.close());

describe('a dialog', () => {
  const openers = [
    ['/databases', 'Watch a database'],
    ['/services', 'Watch a service'],
    ['/alerts/rules', 'New rule'],
    ['/trends/1h', 'Export'],
  ] as const;
  it.each(openers)('on %s gives the focus back to "%s"', async (path, name) => {
    const page = await dashboard.open(path);
    const opener = page.getByRole('button', { name, exact: true });
    await opener.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expect.poll(() => dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => opener.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.context().close();
  });
});

describe('the overview', () => {
  it('shows the focus on whatever has it', async () => {
    const page = await dashboard.open();
    await page.locator('.figure').first().waitFor();
    const unseen: string[] = [];
    for (let stop = 0; stop < 20; stop += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const one = document.activeElement as HTMLElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return { html: one.outerHTML.slice(0, 120), isSeen: outlineStyle !== 'none' && outlineWidth !== '0px' };
      });
      if (!focused.isSeen) unseen.push(focused.html);
    }
    await page.context().close();
    expect(unseen).toEqual([]);
  });

  it('has each live chart as a table, too', async () => {
    const page = await dashboard.open();
    await page.getByRole('button', { name: 'Show Memory as a table' }).click();
    const table = page.getByRole('region', { name: 'Memory' }).getByRole('table');
    await table.getByRole('cell', { name: /%$/ }).first().waitFor();
    await page.getByRole('button', { name: 'Show Memory as a chart' }).click();
    await page.getByRole('figure', { name: 'Memory' }).waitFor();
    await page.context().close();
  });

  it('moves nothing for those who want no motion, and tells no figure aloud', async () => {
    const page = await dashboard.open();
    const figures = page.locator('figure figcaption');
    const told = await page.evaluateHandle(() => {
      const texts: string[] = [];
      const isLive = '[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])';
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const live = (target instanceof Element ? target : target.parentElement)?.closest(isLive);
          if (live) texts.push(live.textContent);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
      return texts;
    });
    await page.locator('.figure').first().waitFor();
    const first = await figures.allTextContents();
    await expect.poll(() => figures.allTextContents(), { timeout: 30_000 }).not.toEqual(first);
    const moving = await page.evaluate(() => document.getAnimations().length);
    const aloud = (await told.jsonValue()).filter((text) => /\d/.test(text));
    await page.context().close();
    expect({ moving, aloud }).toEqual({ moving: 0, aloud: [] });
  });
});
