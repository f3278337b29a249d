/** From the first start to a watched database and values that live. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { notesIn } from './notes-database.ts';
import type { Story } from './stage.ts';

export const firstRun: Story = {
  title: 'three short questions, asked once, and values that change every second',
  async play(stage) {
    const page = await stage.open('/');
    const welcome = page.getByRole('dialog', { name: 'Welcome to HAKGAL Monitor' });
    await welcome.waitFor();
    await welcome.getByLabel('Database file').fill(notesIn(stage.dataDir));
    await welcome.getByRole('button', { name: 'Add', exact: true }).click();
    await welcome.getByText('notes.db is watched.').waitFor();
    await welcome.getByRole('button', { name: 'Next' }).click();
    await welcome.getByRole('button', { name: 'Next' }).click();
    await welcome.getByRole('button', { name: 'Start watching' }).click();
    await welcome.waitFor({ state: 'hidden' });

    // All of them: on a machine at its limit the CPU is at 100 % every second.
    const figures = page.locator('figure figcaption');
    await expect.poll(() => figures.count()).toBeGreaterThan(3);
    const seen = new Set<string>();
    await expect
      .poll(async () => seen.add((await figures.allTextContents()).join('\n')).size, { timeout: 30_000 })
      .toBeGreaterThanOrEqual(4);
    // CPU and memory at least; none of them a dash.
    await expect
      .poll(() => page.locator('.figure', { hasText: /^[\d.]+\s?%$/ }).count(), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(2);

    await page.reload();
    await page.getByRole('heading', { name: 'HAKGAL Monitor' }).waitFor();
    await page.locator('.figure').first().waitFor();
    expect(await welcome.count()).toBe(0);
    const { general } = JSON.parse(readFileSync(join(stage.dataDir, 'settings.json'), 'utf8'));
    expect(general.isFirstRunDone).toBe(true);

    await stage.open('/databases');
    const card = page.locator('section.card', { hasText: 'notes.db' });
    await card.getByText('Healthy', { exact: true }).waitFor();
  },
};
