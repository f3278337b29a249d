/** One story from load to relief: a busy process raises an alert that names it; it is acknowledged in the flyout and resolves. */
import { spawn } from 'node:child_process';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { ask, findRuntime, startDesktop } from '../../support/electron.ts';

const found = findRuntime();
beforeEach((context) => {
  if ('missing' in found) context.skip(found.missing);
  if (process.platform !== 'linux') context.skip('only Linux lets a test give its process a name');
});

const busyName = 'hakgal-busy';
const busyProcess = {
  id: 'test_busy_process',
  title: 'A test is busy',
  metric: 'processes_cpu_cores_ratio',
  match: [{ label: 'name', value: busyName }],
  levels: { warning: { enter: 0.05 } },
  holdSeconds: 0,
  // A program that ended has no figure any more.
  noData: 'resolve',
  staleSeconds: 25,
  culprits: 'cpu',
};

it('a CPU load raises an alert with its process, acknowledged from the flyout, resolved', async () => {
  if ('missing' in found) return;
  const desktop = await startDesktop(found, { args: ['--hidden'], settings: { alerts: { rules: [busyProcess] } } });
  onTestFinished(async () => {
    await desktop.quit();
  });
  const busy = spawn(process.execPath, ['-e', `process.title = '${busyName}'; for (;;);`], { stdio: 'ignore' });
  onTestFinished(() => void busy.kill('SIGKILL'));

  const flyout = await desktop.flyout();
  const alert = flyout.getByText('A test is busy').first();
  await alert.waitFor({ timeout: 60_000 });
  await flyout.getByText(busyName).first().waitFor({ timeout: 30_000 });
  await flyout.getByRole('button', { name: 'Acknowledge' }).first().click();
  await flyout.getByRole('button', { name: 'Acknowledge', exact: true }).first().waitFor({ state: 'detached' });

  busy.kill('SIGKILL');
  await alert.waitFor({ state: 'detached', timeout: 90_000 });
  const notices = await ask(desktop.app, () => {
    const { hakgalTest } = globalThis as unknown as { hakgalTest: { notifications: { title: string }[] } };
    return hakgalTest.notifications.map(({ title }) => title);
  });
  expect(notices.filter((title) => title.includes('A test is busy')).length).toBeGreaterThanOrEqual(1);
}, 240_000);
