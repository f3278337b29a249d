/**
 * The past in the dashboard: a month imported, compared, read as a table and exported; ten thousand alerts scrolled.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Dashboard, dashboardReadiness, openDashboard } from '../../support/dashboard.ts';
import { importMonth } from '../../support/month-of-history.ts';

const ready = dashboardReadiness();
beforeEach((context) => {
  if ('missing' in ready) context.skip(ready.missing);
});

const dataDir = mkdtempSync(join(tmpdir(), 'hakgal-past-'));

let dashboard: Dashboard;
beforeAll(async () => {
  if (!('chromium' in ready)) return;
  await importMonth(dataDir, { stepMs: 60_000, until: Date.now() - 3_600_000 });
  dashboard = await openDashboard(ready.chromium, { dataDir });
  const page = await dashboard.open();
  await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.context().close();
});
afterAll(async () => {
  await dashboard?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const cpu = (page: Page) => page.getByRole('figure', { name: 'CPU', exact: true });

describe('thirty days', () => {
  it('are marked where something was changed, in the charts and in words', async () => {
    const page = await dashboard.open('/trends/1h/system_cpu_percent');
    await cpu(page).waitFor();
    await page.getByText(/^Monitor started: version /).waitFor();
    await cpu(page).locator('.recharts-label').first().waitFor();
    await page.context().close();
  });

  it('are compared with the time before, read as a table, and saved as a file', async () => {
    const page = await dashboard.open('/trends/7d/system_cpu_percent');
    await cpu(page).waitFor();
    await page.getByRole('switch', { name: 'Compare with the previous period' }).click();
    await page.getByText('Previous period', { exact: true }).waitFor();
    await page.getByRole('radiogroup', { name: 'CPU: chart or table' }).locator('label').nth(1).click();
    await page.getByRole('row').nth(2).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Export' }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toMatch(/^time,"?system_cpu_percent"?\n/);
    expect(text.split('\n').length).toBeGreaterThan(9_000);
    await page.context().close();
  });
});

describe('ten thousand alerts', () => {
  it('cost as many elements as a screen of them, and come as they are scrolled to', async () => {
    const page = await dashboard.open('/about');
    await page.route('**/rpc/alerts/history', (route) => {
      const { json } = route.request().postDataJSON() as { json: { until: number; limit: number } };
      return route.fulfill({ json: { json: entriesBefore(json.until, json.limit) } });
    });
    await page.evaluate(() => location.replace('#/alerts/history'));
    const list = page.getByRole('region', { name: 'Alert history' }).locator('section');
    await list.getByRole('listitem').first().waitFor();
    await expect
      .poll(
        async () => {
          await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
          return Number(await list.getByRole('listitem').last().getAttribute('aria-setsize'));
        },
        { timeout: 90_000 },
      )
      .toBe(alertCount);
    expect(await list.getByRole('listitem').count()).toBeLessThan(60);
    await page.context().close();
  });
});

const alertCount = 10_000;
const newest = Math.floor(Date.now() / 1000) * 1000;

/** One alert every half minute. */
function entriesBefore(before: number, limit: number): readonly object[] {
  const first = Math.max(0, Math.floor((newest - before) / 30_000) + 1);
  const count = Math.min(limit, alertCount - first);
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const firedAt = newest - (first + index) * 30_000;
    return {
      alert: `busy_cpu ${firedAt}`,
      rule: 'high_cpu',
      severity: 'warning',
      series: 'system_cpu_percent',
      since: firedAt,
      firedAt,
      resolvedAt: firedAt + 9_000,
      transitions: [],
    };
  });
}
