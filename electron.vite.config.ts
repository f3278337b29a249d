import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const worker = (name: string): Record<string, string> => ({
  [`${name}.worker`]: path(`src-main/workers/${name}.worker.ts`),
});

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          main: path('src-main/main.ts'),
          headless: path('src-main/headless.ts'),
          ...worker('store'),
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
  renderer: {
    root: path('src-renderer'),
    resolve: { alias: { '@contract': path('src-main/contract') } },
    plugins: [react()],
    build: { outDir: path('out/renderer'), rollupOptions: { input: path('src-renderer/index.html') } },
  },
});
