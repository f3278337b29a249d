/**
 * From load to relief: a busy program raises an alert that names it; acknowledged in the flyout; resolved when it ends.
 */
import { spawn } from 'node:child_process';
import { expect } from 'vitest';
import type { Story } from './stage.ts';

/** Of this run alone: on the other stage the same story may be played at the same time. Linux keeps 15 characters. */
const name = `hakgal-${process.pid}`;
/** Three threads at work: among the top processes on a machine that is busy with other things, too. */
const program = `
  process.title = '${name}';
  const { Worker } = require('node:worker_threads');
  for (let thread = 0; thread < 2; thread += 1) new Worker('for (;;);', { eval: true });
  for (;;);
`;

export const busyProgram = {
  id: 'busy_for_the_test',
  title: 'Busy for the test',
  metric: 'processes_cpu_cores_ratio',
  match: [{ label: 'name', value: name }],
  // On a busy machine even a loop without end gets a small share.
  levels: { warning: { threshold: 0.02 } },
  holdSeconds: 1,
  coolDownSeconds: 0,
  // A program that ended has no figure any more.
  noData: 'resolve',
  staleSeconds: 25,
  culprits: 'cpu',
};

export const loadAndRelief: Story = {
  title: 'a CPU load raises an alert with its process, acknowledged from the flyout, resolved',
  timeoutMs: 300_000,
  missing: process.platform === 'linux' ? undefined : 'only Linux lets a test give its process a name',
  async play(stage) {
    const load = spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
    try {
      const flyout = await stage.flyout();
      const alert = flyout.locator(`[data-alert="${busyProgram.id}"]`);
      await alert.waitFor({ timeout: 120_000 });
      await alert.getByText(new RegExp(`(Top processes|Cause): .*${name}`)).waitFor({ timeout: 60_000 });
      if (stage.notifications !== undefined)
        expect(await stage.notifications()).toContainEqual(expect.stringContaining(busyProgram.title));
      await alert.getByRole('button', { name: 'Acknowledge' }).click();
      await alert.getByText(/^Acknowledged \d/).waitFor();
      await alert.getByRole('button', { name: 'Acknowledge', exact: true }).waitFor({ state: 'detached' });
      load.kill('SIGKILL');
      await alert.waitFor({ state: 'detached', timeout: 150_000 });
    } finally {
      load.kill('SIGKILL');
    }
    const page = await stage.open('/alerts/history');
    const entry = page.getByRole('listitem').filter({ hasText: busyProgram.title }).first();
    await entry.getByText(/resolved after/).waitFor();
  },
};
