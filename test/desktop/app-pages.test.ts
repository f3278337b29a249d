import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { createAppPages } from '../../src-main/desktop/app-pages.ts';
import { temporaryFolder } from '../support/temporary.ts';

let ask: (url: string, method?: string) => Response;
beforeEach(() => {
  const folder = temporaryFolder();
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(renderer, 'index.html'), '<meta nonce="__CSP_NONCE__">');
  writeFileSync(join(renderer, 'assets', 'a.js'), 'export {}');
  const pages = createAppPages(renderer);
  ask = (url, method = 'GET') => pages({ url, method });
});

it('gives the page a fresh nonce at each delivery, the same in page and policy', async () => {
  const [first, second] = [ask('app://hakgal/'), ask('app://hakgal/index.html')];
  const nonce = /nonce="([^"]+)"/.exec(await first.text())?.[1] as string;
  expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  expect(await second.text()).not.toContain(nonce);
});

it('serves scripts with their type', () => {
  expect(ask('app://hakgal/assets/a.js').headers.get('content-type')).toMatch(/javascript/);
});

it.each([
  'app://hakgal/../secret.txt',
  'app://hakgal/%2e%2e/secret.txt',
  'app://hakgal/..%2fsecret.txt',
  'app://hakgal/assets/..%5c..%5csecret.txt',
  'app://hakgal/assets',
  'app://elsewhere/index.html',
])('refuses %s', (url) => {
  expect(ask(url).status).toBe(404);
});

it('answers only to reading', () => {
  expect(ask('app://hakgal/', 'POST').status).toBe(404);
});
