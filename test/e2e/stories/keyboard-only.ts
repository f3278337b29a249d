/** Nothing but keys: every screen by its shortcut and from the palette, things done by Tab and Enter. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type ScreenId, screenIds, screenTitles } from '../../../src-main/contract/screens.ts';
import type { Story } from './stage.ts';

const keyOf = (id: ScreenId): string => `Alt+${(screenIds.indexOf(id) + 1) % 10}`;
/** More controls than any screen has before the wanted one. */
const maxTabs = 80;

export const keyboardOnly: Story = {
  title: 'keyboard alone: every screen, the palette, and things done on them',
  async play(stage) {
    const page = await stage.open('/');
    await page.locator('.figure').first().waitFor();
    for (const id of screenIds.filter((one) => one !== 'overview')) {
      await page.keyboard.press(keyOf(id));
      await heading(page, screenTitles[id].en).waitFor();
    }
    await page.keyboard.press(keyOf('overview'));
    await page.locator('.figure').first().waitFor();

    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search screens and actions' }).waitFor();
    await page.keyboard.type('trends');
    await page.keyboard.press('Enter');
    await heading(page, 'Trends').waitFor();
    await tabTo(page, 'Zoom in');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toMatch(/#\/trends\/\d+-\d+\//);

    await page.keyboard.press(keyOf('alerts'));
    await heading(page, 'Alerts').waitFor();
    await tabTo(page, 'Active');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toMatch(/#\/alerts\/rules$/);
    await tabTo(page, 'New rule');
    await page.keyboard.press('Enter');
    const editor = page.getByRole('dialog', { name: 'New rule' });
    await editor.waitFor();
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'hidden' });
    // A dialog gives the focus back to what opened it.
    await expect.poll(() => focused(page)).toBe('New rule');

    await page.keyboard.press('Shift+?');
    const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await shortcuts.waitFor();
    await page.keyboard.press('Escape');
    await shortcuts.waitFor({ state: 'hidden' });
    await page.keyboard.press('Alt+p');
    await page.getByText(/^Paused until/).waitFor();
    await page.keyboard.press('Alt+p');
    await page.getByText(/^Paused until/).waitFor({ state: 'hidden' });
  },
};

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 2, exact: true });

/** Name of the control that has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element === document.body ? 'nothing' : (element?.getAttribute('aria-label') ?? element?.textContent ?? '');
  });

async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < maxTabs; count += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now === name) return;
    passed.push(now);
  }
  throw new Error(`Tab did not come to "${name}", but to: ${passed.join(', ')}`);
}
