/** The app where the system speaks German: every screen, its numbers and its questions. */
import { expect } from 'vitest';
import { pathOfScreen, screenIds, screenTitles } from '../../../src-main/contract/screens.ts';
import type { Story } from './stage.ts';

export const german: Story = {
  title: 'everything in German, numbers included',
  async play(stage) {
    const page = await stage.open('/');
    const welcome = page.getByRole('dialog', { name: 'Willkommen bei HAKGAL Monitor' });
    await welcome.getByRole('button', { name: 'Überspringen' }).last().click();
    await welcome.waitFor({ state: 'hidden' });
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    // A comma in German, a point in English.
    await page
      .locator('.figure')
      .filter({ hasText: /^\d+,\d\s%$/ })
      .first()
      .waitFor();

    const navigation = page.getByRole('navigation', { name: 'Ansichten' });
    await navigation.getByRole('link', { name: 'Übersicht', exact: true }).waitFor();
    for (const id of screenIds.filter((one) => one !== 'overview')) {
      const name = screenTitles[id].de;
      await navigation.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { name, level: 2, exact: true }).waitFor();
      expect(new URL(page.url()).hash).toBe(`#${pathOfScreen(id)}`);
    }

    // What the core says about itself comes with a code, and is said in German.
    await page.getByText(/Noch zu wenig Verlauf: [\d,]+ von \d+ Tagen/).waitFor({ timeout: 60_000 });

    await stage.open('/alerts/rules');
    await page.getByText('CPU ist stark ausgelastet').waitFor();
    await page.getByText(/CPU über 80(,0)?\s% \(Warnung\) · 1 Min\. lang/).waitFor();
  },
};
