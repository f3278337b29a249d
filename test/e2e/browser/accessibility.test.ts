/** Every screen in both themes and at phone width: no serious finding of axe, nothing wider than the window. */
import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pathOfScreen, screenIds } from '../../../src-main/contract/screens.ts';
import { type Dashboard, dashboardReadiness, openDashboard } from '../../support/dashboard.ts';

const ready = dashboardReadiness();
beforeEach((context) => {
  if ('missing' in ready) context.skip(ready.missing);
});

const within = [
  '/trends/1h',
  '/alerts/history',
  '/alerts/rules',
  '/alerts/silences',
  '/databases/sample-knowledge-base',
  '/settings/notify',
  '/flyout',
];
const routes = [...screenIds.map(pathOfScreen), ...within];

let dashboard: Dashboard;
beforeAll(async () => {
  if ('chromium' in ready) dashboard = await openDashboard(ready.chromium, { args: ['--demo'] });
});
afterAll(() => dashboard?.close());

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(routes)('%s is clean', async (route) => {
    const page = await dashboard.open(route, { colorScheme });
    await page.locator('section.card, main .flyout-value').first().waitFor();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
    await page.context().close();
    expect(told).toEqual([]);
  });
});

describe.each(['en-GB', 'de-DE'])('at 400 pixels, in %s', (locale) => {
  it.each(routes)('%s is not wider than the window', async (route) => {
    const page = await dashboard.open(route, { viewport: { width: 400, height: 800 }, locale });
    await page.locator('section.card, main .flyout-value').first().waitFor();
    await page
      .getByRole('status', { name: /^(Loading|Wird geladen)$/ })
      .first()
      .waitFor({ state: 'detached' });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    await page.context().close();
    expect(width).toBeLessThanOrEqual(400);
  });
});
