/** Every user's story in Chromium, over HTTP, on the real headless monitor. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { shippedRules } from '../../../src-main/alerts/rules/index.ts';
import { dashboardReadiness, openDashboard } from '../../support/dashboard.ts';
import { playStories } from '../stories/play-stories.ts';
import { goTo } from '../stories/stage.ts';

const ready = dashboardReadiness();

playStories(
  'missing' in ready
    ? ready
    : async ({ language, isDemo = false, rules = [], prepare }) => {
        const dataDir = mkdtempSync(join(tmpdir(), 'hakgal-story-'));
        const alerts = { disabledRules: shippedRules.map(({ id }) => id), rules };
        writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ alerts }));
        await prepare?.(dataDir);
        const dashboard = await openDashboard(ready.chromium, { dataDir, args: isDemo ? ['--demo'] : [] });
        const signedIn = (path: string) =>
          dashboard.open(path, language === undefined ? {} : { locale: `${language}-DE` });
        let page: Page | undefined;
        return {
          dataDir,
          async open(path) {
            if (page !== undefined) return goTo(page, path);
            page = await signedIn(path);
            return page;
          },
          flyout: () => signedIn('/flyout'),
          async close() {
            await dashboard.close();
            rmSync(dataDir, { recursive: true, force: true });
          },
        };
      },
);
