/**
 * From "what is going on" to a process that is ended: the sentence, the process with its name for people, what would be
 * lost, gone.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Story } from './stage.ts';

const script = `crunch-${process.pid}.js`;

export const slowAndEnded: Story = {
  title: 'what is going on is said in a sentence, and a process is ended from its page',
  timeoutMs: 200_000,
  missing: process.platform === 'linux' ? undefined : 'not tried elsewhere',
  async play(stage) {
    const file = join(stage.dataDir, script);
    writeFileSync(file, 'for (;;);');
    const load = spawn(process.execPath, [file], { stdio: 'ignore' });
    try {
      const page = await stage.open('/');
      // Whose doing it is depends on what else the machine does while this is played.
      await page
        .getByRole('region', { name: 'What is going on' })
        .getByText(/^(Slow since|Perhaps slow|Since|Nothing is slow)/)
        .first()
        .waitFor({ timeout: 60_000 });
      await stage.open(`/processes/${load.pid}`);
      const drawer = page.getByRole('dialog');
      await drawer.getByText(`${script} (${load.pid})`).waitFor({ timeout: 60_000 });
      await drawer.getByRole('button', { name: 'Show command line' }).click();
      await drawer.getByText(file).waitFor();
      await drawer.getByRole('button', { name: 'End …' }).click();
      await drawer.getByText('What it has not saved is lost.').waitFor();
      await drawer.getByRole('button', { name: 'End', exact: true }).click();
      await expect.poll(() => load.signalCode, { timeout: 30_000 }).toBe('SIGTERM');
    } finally {
      load.kill('SIGKILL');
    }
  },
};
