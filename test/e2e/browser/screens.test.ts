/** What single screens promise, in Chromium; the stories across them are in `stories/`. */
import { readFile } from 'node:fs/promises';
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
  await editor.getByLabel('Warning threshold').fill('0');
  // The end of the condition lies on the wrong side of its beginning.
  await editor.getByLabel('Recovery threshold').nth(1).fill('50');
  await editor.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/lies on the wrong side of 0/).waitFor();
});

it('a screen that can not be loaded says so in its place, and is there once the monitor answers again', async () => {
  const page = await dashboard.open('/');
  await page.locator('.figure').first().waitFor();
  await page.route('**/assets/processes-*.js', (route) => route.abort());
  await page.getByRole('link', { name: 'Processes' }).click();
  await page.getByText('This could not be loaded').waitFor();
  await page.getByText('The monitor did not answer.').waitFor();
  // The rest stays.
  await page.getByRole('link', { name: 'About' }).click();
  await page.getByText('Versions', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Processes' }).click();
  await page.unroute('**/assets/processes-*.js');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByPlaceholder('Search processes').waitFor();
  await page.context().close();
});

it('who is not signed in is told so, and sees no empty screens', async () => {
  const context = await dashboard.browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(new URL('/', dashboard.monitor.dashboard).href);
  await page.getByText('This browser is not signed in.').waitFor();
  expect(await page.locator('section.card').count()).toBe(0);
  await context.close();
});

it('the address of the heartbeat goes in, never comes out again, and can be taken away', async () => {
  const page = await dashboard.open('/settings/notify');
  const card = page.getByRole('region', { name: 'Heartbeat URL' });
  await card.getByLabel('Address', { exact: true }).fill('http://127.0.0.1:9/ping/secret-of-mine');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText('Not used yet').waitFor();
  expect(await page.content()).not.toContain('secret-of-mine');
  await card.getByRole('button', { name: 'Remove' }).click();
  await card.getByText('Not used yet').waitFor({ state: 'detached' });
  await page.context().close();
});

it('settings with their secrets leave sealed, and come back with the passphrase alone', async () => {
  const page = await dashboard.open('/settings/general');
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByLabel('Passphrase').fill('correct horse');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ]);
  const path = await download.path();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import' }).click(),
  ]);
  await chooser.setFiles({ name: 'settings.json', mimeType: 'application/json', buffer: await readFile(path) });
  const asking = page.getByRole('dialog', { name: 'Import' });
  await asking.getByLabel('Passphrase').fill('wrong horse');
  await asking.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/does not open the file/).waitFor();
  await asking.getByLabel('Passphrase').fill('correct horse');
  await asking.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Settings imported.').waitFor();
  await page.context().close();
});
