/** What single screens promise, in Chromium; the stories across them are in `stories/`. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Dashboard, dashboardReadiness, openDashboard } from '../../support/dashboard.ts';

const ready = dashboardReadiness();
beforeEach((context) => {
  if ('missing' in ready) context.skip(ready.missing);
});

let dashboard: Dashboard;
beforeAll(async () => {
  if ('chromium' in ready) dashboard = await openDashboard(ready.chromium, { args: ['--demo'] });
});
afterAll(() => dashboard?.close());

it('the address keeps what was chosen, so that it can be opened again', async () => {
  const page = await dashboard.open('/trends/7d/system_memory_percent');
  await page.getByRole('radio', { name: '7 d', checked: true }).waitFor({ state: 'attached' });
  // One card, whether or not anything is stored yet.
  await expect.poll(() => page.getByRole('radiogroup', { name: /: chart or table$/ }).count()).toBe(1);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => page.url()).toMatch(/#\/trends\/\d+-\d+\/system_memory_percent$/);
});

it('a rule is not saved before its author was told what is wrong with it', async () => {
  const page = await dashboard.open('/alerts/rules');
  await page.getByRole('button', { name: 'New rule' }).click();
  const editor = page.getByRole('dialog', { name: 'New rule' });
  await editor.getByLabel('Name').fill('CPU used at all');
  await editor.getByLabel('Warning from').fill('0');
  // The end of the condition lies on the wrong side of its beginning.
  await editor.getByLabel('over again at').nth(1).fill('50');
  await editor.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/lies on the wrong side of 0/).waitFor();
});
