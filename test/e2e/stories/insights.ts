/**
 * A month of imported history: what comes next of it, and how much of it is known well enough to call something
 * unusual.
 */
import { expect } from 'vitest';
import type { Story } from './stage.ts';

export const insights: Story = {
  title: 'imported weeks are learned from: a forecast with its range and its worth, and what is unusual',
  timeoutMs: 120_000,
  async play(stage) {
    const page = await stage.open('/insights');
    const row = page.getByRole('region', { name: 'Forecasts' }).getByRole('row', { name: /^CPU/ });
    await row.waitFor({ timeout: 60_000 });
    await expect.poll(() => row.textContent()).toMatch(/% to .*in four of five cases.*(closer than|is used)/);
    const anomalies = page.getByRole('region', { name: 'Anomalies of the last seven days' });
    await anomalies.getByText(/[1-9]\d* of \d+ series are known well enough to judge/).waitFor({ timeout: 60_000 });
  },
};
