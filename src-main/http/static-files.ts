/** The dashboard's own files, read into memory once: a few hundred kilobytes, asked for by one browser. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { answer, answerPrepared, PreparedBody } from './answer.ts';

export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** What index.html carries in place of the nonce; replaced at each delivery, here and by the desktop's own protocol. */
export const noncePlaceholder = '__CSP_NONCE__';

export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export type StaticFiles = (path: string, request: IncomingMessage, response: ServerResponse) => boolean;

/** Only files found at start are served, by exact name: there is no path to traverse. */
export function createStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, { readonly type: string; readonly body: PreparedBody }>();
  let isRead = false;
  const read = (): void => {
    isRead = true;
    for (const path of listFiles(folder)) {
      const name = `/${relative(folder, path).replaceAll('\\', '/')}`;
      files.set(name, {
        type: contentTypes[extname(path)] ?? 'application/octet-stream',
        body: new PreparedBody(readFileSync(path)),
      });
    }
  };
  return (path, request, response) => {
    if (!isRead) read();
    const name = path === '/' ? '/index.html' : path;
    const file = files.get(name);
    if (file === undefined) return false;
    if (name === '/index.html') {
      const nonce = randomBytes(18).toString('base64');
      const headers = {
        'content-type': file.type,
        'content-security-policy': contentSecurityPolicy(nonce),
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
      };
      answer(response, 200, headers, file.body.plain.toString('utf8').replaceAll(noncePlaceholder, nonce));
    } else {
      // Names under /assets carry a hash of their content.
      const caching = name.startsWith('/assets/')
        ? { 'cache-control': 'public, max-age=31536000, immutable' }
        : undefined;
      answerPrepared(request, response, file.type, file.body, caching);
    }
    return true;
  };
}

/** What a link inside the folder leads to, be it a file or a whole folder, is not of the folder. */
export function listFiles(folder: string): string[] {
  try {
    const inside = `${realpathSync(folder)}${sep}`;
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => realpathSync(path).startsWith(inside));
  } catch {
    return [];
  }
}
