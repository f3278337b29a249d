/** Every user's story in Electron: the real app with its window, its tray and its notifications. */
import { findRuntime, startDesktop } from '../../support/electron.ts';
import { playStories } from '../stories/play-stories.ts';
import { goTo } from '../stories/stage.ts';
import { seen } from './seen.ts';

const runtime = findRuntime();

playStories(
  'missing' in runtime
    ? runtime
    : async ({ language, isDemo = false, rules = [], prepare }) => {
        const desktop = await startDesktop(runtime, {
          args: isDemo ? ['--demo'] : [],
          settings: { alerts: { rules } },
          ...(language !== undefined && { language }),
          ...(prepare !== undefined && { prepare }),
        });
        const page = await desktop.window();
        return {
          dataDir: desktop.dataDir,
          open: (path) => goTo(page, path),
          flyout: () => desktop.flyout(),
          notifications: async () => (await seen(desktop)).notifications,
          close: () => desktop.quit(),
        };
      },
);
