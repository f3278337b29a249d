/** Writing an answer: the headers that every answer carries, JSON, and bodies prepared once for many readers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export function answer(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  const isHead = response.req.method === 'HEAD';
  response.writeHead(status, { ...always, ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(isHead ? undefined : body);
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  answer(response, status, { 'content-type': 'application/json; charset=utf-8', ...headers }, JSON.stringify(body));
}

/** A refusal says in one sentence why, and what would be accepted. */
export function refuseWith(
  response: ServerResponse,
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  // The rest of a body that nobody wants is not read: the connection ends with the answer.
  answerJson(response, status, { error: reason }, { connection: 'close', ...headers });
}

/** The same bytes for every reader of one tick, compressed at most once. */
export class PreparedBody {
  readonly plain: Buffer;
  #gzip: Buffer | undefined;

  constructor(content: string | Buffer) {
    this.plain = typeof content === 'string' ? Buffer.from(content) : content;
  }

  get gzip(): Buffer {
    this.#gzip ??= gzipSync(this.plain, { level: 1 });
    return this.#gzip;
  }
}

export const acceptsGzip = (request: IncomingMessage): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(request.headers['accept-encoding'] ?? ''));

/** Below this size compressing costs more than it saves on loopback. */
const worthCompressing = 1_024;

export function answerPrepared(
  request: IncomingMessage,
  response: ServerResponse,
  contentType: string,
  body: PreparedBody,
  more: Readonly<Record<string, string>> = {},
): void {
  const headers = { 'content-type': contentType, vary: 'accept, accept-encoding', ...more };
  if (body.plain.length >= worthCompressing && acceptsGzip(request))
    answer(response, 200, { ...headers, 'content-encoding': 'gzip' }, body.gzip);
  else answer(response, 200, headers, body.plain);
}
