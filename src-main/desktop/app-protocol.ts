/**
 * `app://hakgal/`: the dashboard's files for our windows. Only files found at start are served, by exact name, so there is
 * no path to traverse; every page gets the same strict policy as over HTTP.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, relative } from 'node:path';
import { app, protocol } from 'electron';
import { contentSecurityPolicy, contentTypes, listFiles, nonceMark } from '../http/static-files.ts';

export const appOrigin = 'app://hakgal';

/** Before the app is ready; a runtime that loads the app later (the one for tests) has declared it by then. */
export function declareAppProtocol(): void {
  if (app.isReady()) return;
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

export function serveAppProtocol(folder: string): void {
  const answer = createAppAnswers(folder);
  protocol.handle('app', (request) => answer(request));
}

/** Apart from Electron, so that tests can ask it. */
export function createAppAnswers(folder: string): (request: Pick<Request, 'url' | 'method'>) => Response {
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
    return new Response(content.toString('utf8').replaceAll(nonceMark, nonce), { headers });
  };
}
