/** What a person does in the dashboard, from the first minute on; each story against the real monitor, in Chromium, over HTTP. */
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Dashboard, dashboardReadiness, openDashboard } from '../../support/dashboard.ts';

const ready = dashboardReadiness();
beforeEach((context) => {
  if ('missing' in ready) context.skip(ready.missing);
});

describe('a new user', () => {
  let dashboard: Dashboard;
  beforeAll(async () => {
    if ('chromium' in ready) dashboard = await openDashboard(ready.chromium);
  });
  afterAll(() => dashboard?.close());

  it('is asked three short questions once, and then sees values that change every second', async () => {
    const page = await dashboard.open();
    const welcome = page.getByRole('dialog', { name: 'Welcome to HAKGAL Monitor' });
    await welcome.waitFor();
    await welcome.getByRole('button', { name: 'Next' }).click();
    await welcome.getByRole('button', { name: 'Next' }).click();
    await welcome.getByRole('button', { name: 'Start watching' }).click();
    await welcome.waitFor({ state: 'hidden' });
    // All of them: on a machine at its limit the CPU is at 100 % every second.
    const figures = page.locator('figure figcaption');
    const first = await figures.allTextContents();
    await expect.poll(() => figures.allTextContents(), { timeout: 30_000 }).not.toEqual(first);
    await page.reload();
    await page.getByRole('heading', { name: 'HAKGAL Monitor' }).waitFor();
    await page.locator('.figure').first().waitFor();
    expect(await welcome.count()).toBe(0);
  });

  it('reads German when the system speaks German, numbers included', async () => {
    const page = await dashboard.open('/alerts/rules', { locale: 'de-DE' });
    await page.getByText('CPU ist stark ausgelastet').waitFor();
    await page.getByText('CPU über 80 % (Warnung) · 1 Min. lang').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });

  it('reaches every screen and acts by keyboard alone', async () => {
    const page = await dashboard.open();
    await page.locator('.figure').first().waitFor();
    await page.keyboard.press('Alt+3');
    await page.getByRole('heading', { name: 'Alerts', level: 2 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Find a screen or an action' }).waitFor();
    await page.keyboard.type('processes');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Processes', level: 2 }).waitFor();
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+p');
    await page.getByText(/^Paused until/).waitFor();
    await page.keyboard.press('Alt+p');
    await page.getByText(/^Paused until/).waitFor({ state: 'hidden' });
  });

  it('keeps what was chosen in the address, so that it can be opened again', async () => {
    const page = await dashboard.open('/trends/7d/system_memory_percent');
    await page.getByRole('radio', { name: '7 d', checked: true }).waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('section.card').count()).toBe(1);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => page.url()).toMatch(/#\/trends\/\d+-\d+\/system_memory_percent$/);
  });

  it('is told what is wrong with a rule before it is saved', async () => {
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

  it('sees an alert with its process under load, acknowledges it in the flyout, and sees it resolved', async () => {
    const { api, token } = dashboard.monitor;
    const save = await fetch(`${api}/rpc/alerts/saveRule`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        json: {
          id: 'busy_for_the_test',
          title: 'Busy for the test',
          metric: 'processes_cpu_cores_ratio',
          match: [{ label: 'name', value: 'hakgal-load' }],
          // On a busy machine even a loop without end gets a small share.
          levels: { warning: { enter: 0.02 } },
          holdSeconds: 1,
          coolDownSeconds: 0,
          noData: 'resolve',
          // A program that ended has no figure any more.
          staleSeconds: 25,
          culprits: 'cpu',
        },
      }),
    });
    expect(save.status).toBe(200);
    // Its name is what the process table shows.
    const load = spawn(process.execPath, ['-e', 'process.title = "hakgal-load"; for (;;) ;'], { stdio: 'ignore' });
    try {
      const page = await dashboard.open('/flyout');
      const alert = page.locator('[data-alert="busy_for_the_test"]');
      await alert.waitFor({ timeout: 120_000 });
      await alert.getByText(/Top processes: .*hakgal-load/).waitFor();
      await alert.getByRole('button', { name: 'Acknowledge' }).click();
      await alert.getByText(/^Acknowledged at/).waitFor();
      load.kill('SIGKILL');
      await alert.waitFor({ state: 'detached', timeout: 150_000 });
      const history = await dashboard.open('/alerts/history');
      await history
        .getByText(/resolved after/)
        .first()
        .waitFor();
    } finally {
      load.kill('SIGKILL');
    }
  }, 300_000);
});

describe('the demo', () => {
  let dashboard: Dashboard;
  beforeAll(async () => {
    if ('chromium' in ready) dashboard = await openDashboard(ready.chromium, { args: ['--demo'] });
  });
  afterAll(() => dashboard?.close());

  it('has its damaged knowledge base repaired in the wizard, and the repair taken back', async () => {
    const page = await dashboard.open('/databases/sample-knowledge-base');
    await page.getByRole('button', { name: 'Examine', exact: true }).click();
    await page.getByText('The table audit_log is missing.').first().waitFor();
    await page.getByRole('button', { name: 'Repair', exact: true }).click();
    await page.getByRole('region', { name: 'After' }).getByText('Healthy').waitFor({ timeout: 30_000 });
    const row = page.getByRole('row', { name: /facts/ });
    await row.waitFor();
    await page.getByRole('button', { name: 'Take the repair back' }).click();
    // The sample application goes on writing: then the doctor asks before it takes changes away.
    const undone = page.getByText(/^The original is back/);
    const anyway = page.getByRole('button', { name: 'Take it back all the same' });
    await undone.or(anyway).first().waitFor({ timeout: 30_000 });
    if (await anyway.isVisible()) await anyway.click();
    await undone.waitFor({ timeout: 30_000 });
  });
});
