import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const entries = (pattern: string): Record<string, string> =>
  Object.fromEntries(
    globSync(pattern, { cwd: path('.') }).map((file) => [basename(file).replace(/\.ts$/, ''), path(file)]),
  );

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Bundled and shaken, these two cost a third of the memory that they cost as packages (`npm run bench core`).
      externalizeDeps: { exclude: ['zod', '@orpc/contract', '@orpc/server', '@orpc/client'] },
      // The oldest Node that the bundle must run on, so that `using` is lowered.
      target: 'node20.18',
      rollupOptions: {
        input: {
          ...entries('src-main/main.ts'),
          ...entries('src-main/headless.ts'),
          ...entries('src-main/workers/*.worker.ts'),
          ...entries('src-main/workers/process-host.ts'),
          // The demo's application, a process of its own.
          ...entries('src-main/demo/workload.ts'),
        },
        // Chunks lie beside the workers, because a worker is found relative to the code that starts it.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: path('src-main/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  ...(existsSync(path('src-renderer/index.html')) && {
    renderer: {
      root: path('src-renderer'),
      resolve: { alias: { '@contract': path('src-main/contract') } },
      plugins: [react()],
      build: {
        outDir: path('out/renderer'),
        // Headless serves the same files to any browser of the last two years.
        target: 'es2022',
        // One page from this machine's own disk or loopback: a second file would not be there sooner.
        chunkSizeWarningLimit: 1_000,
        minify: true,
        rollupOptions: { input: path('src-renderer/index.html') },
      },
    },
  }),
});
