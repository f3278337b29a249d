import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `unit` runs from source and needs no build; `e2e` drives the built app in Chromium and Electron. */
export default defineConfig({
  root,
  resolve: { alias: { '@contract': `${root}src-main/contract` } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Stories mostly wait for the monitor's next tick or hold time.
          maxWorkers: 2,
        },
      },
    ],
  },
});
