/** A month of stored history: seen whole, with the hole in it, then closer. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Month } from '../../support/month-of-history.ts';
import type { Story } from './stage.ts';

const dayMs = 86_400_000;
const until = Date.now() - 3_600_000;
export const month: Month = {
  stepMs: 60_000,
  until,
  off: { from: until - 12 * dayMs, until: until - 10 * dayMs },
};

export const thirtyDays: Story = {
  title: 'thirty days drawn with the hole in them, zoomed by dragging, and found again by their address',
  async play(stage) {
    const page = await stage.open('/trends/24h/system_cpu_percent');
    await cpu(page).waitFor();
    await page.locator('label', { hasText: '30 d' }).click();
    await expect.poll(() => spanOf(page), { timeout: 30_000 }).toBeGreaterThan(29 * dayMs);
    // A line that is interrupted begins anew.
    const line = cpu(page).locator('path.recharts-line-curve');
    await expect.poll(async () => (await line.getAttribute('d'))?.match(/M/g)?.length ?? 0).toBeGreaterThan(1);

    const box = await cpu(page).locator('.recharts-cartesian-grid').boundingBox();
    if (box === null) throw new Error('the chart has no size');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.25, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.35, y, { steps: 4 });
    await page.mouse.move(box.x + box.width * 0.5, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => spanOf(page), { timeout: 30_000 }).toBeLessThan(9 * dayMs);
    const zoomed = await spanOf(page);
    expect(zoomed).toBeGreaterThan(5 * dayMs);
    const address = page.url();

    await stage.open('/trends/24h/system_cpu_percent');
    await expect.poll(() => spanOf(page), { timeout: 30_000 }).toBeLessThan(2 * dayMs);
    await stage.open(new URL(address).hash.slice(1));
    await page.reload();
    await expect.poll(() => spanOf(page), { timeout: 30_000 }).toBe(zoomed);
  },
};

const cpu = (page: Page) => page.getByRole('figure', { name: 'CPU', exact: true });
const spanOf = async (page: Page): Promise<number> => Number(await cpu(page).getAttribute('data-span'));
