import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('HTTP comes without fetch, HTTP/2 and TLS, which weigh more than all of the monitor', () => {
  const script = `
    await import('${new URL('../../src-main/platform/node-http.ts', import.meta.url)}');
    console.log(process.moduleLoadList.join());
  `;
  const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(loaded).toContain('_http_server');
  expect(loaded).not.toMatch(/undici|http2|tls_wrap/);
});
