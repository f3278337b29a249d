/**
 * What `app://hakgal/` answers. Only files found at start are served, by exact name, so there is no path to traverse;
 * the page gets the same strict policy as over HTTP.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, relative } from 'node:path';
import { contentSecurityPolicy, contentTypes, listFiles, noncePlaceholder } from '../http/static-files.ts';

export function createAppPages(folder: string): (request: Pick<Request, 'url' | 'method'>) => Response {
  const paths = new Map(listFiles(folder).map((path) => [`/${relative(folder, path).replaceAll('\\', '/')}`, path]));
  return ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const name = pathname === '/' ? '/index.html' : pathname;
    const path = host === 'hakgal' && method === 'GET' ? paths.get(name) : undefined;
    if (path === undefined)
      return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    const headers: Record<string, string> = {
      'content-type': contentTypes[extname(name)] ?? 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    };
    const content = readFileSync(path);
    if (name !== '/index.html') return new Response(new Uint8Array(content), { headers });
    const nonce = randomBytes(18).toString('base64');
    headers['content-security-policy'] = contentSecurityPolicy(nonce);
    return new Response(content.toString('utf8').replaceAll(noncePlaceholder, nonce), { headers });
  };
}
