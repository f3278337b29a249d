/**
 * Calls of models are reported, one of them without a price; the screen says what is spent, and takes a list of own
 * prices.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { goTo, type Story } from './stage.ts';

export const aiCosts: Story = {
  title: 'calls of models are reported, shown with their cost, and priced by a list of one’s own',
  timeoutMs: 120_000,
  async play(stage) {
    const { dashboard } = JSON.parse(readFileSync(join(stage.dataDir, 'instance.json'), 'utf8')) as {
      dashboard: string;
    };
    const report = async (model: string): Promise<void> => {
      const events = [
        { type: 'llm', provider: 'openai', model, service: 'story', input_tokens: 1_000_000, output_tokens: 0 },
      ];
      const response = await fetch(`${dashboard}/api/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(events),
      });
      expect(response.status).toBe(202);
    };
    await report('gpt-4o');
    await report('model-of-the-story');
    const page = await stage.open('/cost');
    const row = page.getByRole('region', { name: 'Models', exact: true }).getByRole('row');
    await row.filter({ hasText: 'gpt-4o' }).getByText('US$2.50').or(row.getByText('$2.50')).first().waitFor();
    await row.filter({ hasText: 'model-of-the-story' }).getByText('no price').waitFor();
    const prices = [{ provider: 'openai', model: 'model-of-the-story', prices: [{ rates: { input: 7 } }] }];
    await page.locator('input[type=file]').setInputFiles({
      name: 'prices.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ version: 1, prices })),
    });
    await page.getByText('The price list was imported.').waitFor();
    await report('model-of-the-story');
    await goTo(page, '/about');
    await goTo(page, '/cost');
    await row
      .filter({ hasText: 'model-of-the-story' })
      .getByText(/\$7\.00/)
      .waitFor({ timeout: 60_000 });
  },
};
