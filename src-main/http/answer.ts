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

/** What a refused client may still send while the answer is on its way; then the connection ends under it. */
const maxUnwantedBytes = 16_000_000;

/** Refused while still sending: when that takes too long there is nothing more to say to them. */
export const refusedSockets = new WeakSet<object>();

/** A refusal says in one sentence why, and what would be accepted; the connection ends with it. */
export function refuseWith(
  response: ServerResponse,
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const { req: request } = response;
  const body = JSON.stringify({ error: reason });
  const all = { 'content-type': 'application/json; charset=utf-8', connection: 'close', ...headers };
  if (request.complete || !hasBody(request)) {
    answer(response, status, all, body);
    return;
  }
  refusedSockets.add(request.socket);
  // Closing while the client still sends would reset the connection, and the answer would be lost with it. So the rest
  // of the body is read and dropped, within bounds: this many bytes, and the time that the server gives any request.
  response.writeHead(status, { ...always, ...all, 'content-length': String(Buffer.byteLength(body)) });
  if (request.method !== 'HEAD') response.write(body);
  let dropped = 0;
  request.on('data', (part: Buffer) => {
    dropped += part.length;
    if (dropped > maxUnwantedBytes) response.destroy();
  });
  request.once('end', () => response.end());
  request.once('error', () => response.destroy());
  request.resume();
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

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

const acceptsGzip = (request: IncomingMessage): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(request.headers['accept-encoding'] ?? ''));

/** Below this size compressing costs more than it saves on loopback. */
const worthCompressing = 1_024;

export function answerPrepared(
  request: IncomingMessage,
  response: ServerResponse,
  contentType: string,
  body: PreparedBody,
  more: Readonly<Record<string, string>> = {},
  status = 200,
): void {
  const headers = { 'content-type': contentType, vary: 'accept, accept-encoding', ...more };
  if (body.plain.length >= worthCompressing && acceptsGzip(request))
    answer(response, status, { ...headers, 'content-encoding': 'gzip' }, body.gzip);
  else answer(response, status, headers, body.plain);
}
