/** One HTTP request with every bound set: time, redirects, size of the answer. Plain node:http, because `fetch` tells no times. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Values } from '../contract/text/message.ts';
import type { Clock } from '../platform/clock.ts';
import { request as requestHttp } from '../platform/node-http.ts';
import { charsetOf, decodeBody, UnreadableBody, unpackBody } from '../platform/unpack-body.ts';

export interface HttpQuestion {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  readonly timeoutMs: number;
  /** Reading stops here, and the answer counts as cut. */
  readonly maxBytes: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export type HttpAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      /** Unpacked, whatever its encoding. */
      readonly body: Buffer;
      /** The body as people read it, in the charset that it names. */
      readonly text: () => string;
      readonly isCut: boolean;
      /** Until the first byte of the answer's head, s; redirects count in. */
      readonly firstByteSeconds: number;
      readonly totalSeconds: number;
      /** Of the certificate of an https address. */
      readonly certificateSecondsLeft?: number;
    }
  | { readonly ok: false; readonly kind: HttpTrouble; readonly message: string; readonly values?: Values };

type HttpTrouble =
  | 'refused'
  | 'unknown-host'
  | 'timed-out'
  | 'unreachable'
  | 'too-many-redirects'
  | 'bad-redirect'
  | 'certificate'
  | 'not-http';

const maxRedirects = 5;
const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/;

/** Settles within `timeoutMs` whatever the peer does: what is still open then is destroyed and left. */
export async function askHttp(question: HttpQuestion, clock: Clock): Promise<HttpAnswer> {
  const controller = new AbortController();
  const seconds = question.timeoutMs / 1_000;
  const isOver = new Promise<HttpAnswer>((resolve) => {
    controller.signal.addEventListener(
      'abort',
      () => resolve(wrong('timed-out', `No whole answer within ${seconds} s`)),
      { once: true },
    );
  });
  // One limit over everything: name, connection, redirects, and a body that trickles for ever.
  using _ = clock.after(question.timeoutMs, () => controller.abort());
  const giveUp = (): void => controller.abort();
  question.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([follow(question, clock, controller.signal), isOver]);
  } catch (error) {
    return troubleOf(error as NodeJS.ErrnoException);
  } finally {
    question.signal?.removeEventListener('abort', giveUp);
    controller.abort();
  }
}

async function follow(question: HttpQuestion, clock: Clock, signal: AbortSignal): Promise<HttpAnswer> {
  const began = clock.monotonic();
  let url = new URL(question.url);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await send(url, question, signal);
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      response.destroy();
      if (!URL.canParse(headers.location, url.href)) return wrong('bad-redirect', `${url} redirects to nowhere`);
      url = new URL(headers.location, url);
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        return wrong('bad-redirect', `It redirects to ${url.protocol}`);
      continue;
    }
    const firstByteSeconds = (clock.monotonic() - began) / 1_000;
    const left = certificateSecondsLeft(response, clock.now());
    const { body, isCut } = await readBody(response, question.maxBytes);
    const charset = charsetOf(headers['content-type'], body);
    const totalSeconds = (clock.monotonic() - began) / 1_000;
    return {
      ok: true,
      status,
      body,
      text: () => decodeBody(body, charset),
      isCut,
      firstByteSeconds,
      totalSeconds,
      ...(left !== undefined && { certificateSecondsLeft: left }),
    };
  }
  return wrong('too-many-redirects', `It redirects more than ${maxRedirects} times`);
}

async function send(url: URL, { method, headers }: HttpQuestion, signal: AbortSignal): Promise<IncomingMessage> {
  // TLS costs 5 MB of memory; who has no https target does not pay for it.
  const ask = url.protocol === 'https:' ? (await import('node:https')).request : requestHttp;
  return new Promise((resolve, reject) => {
    // A fresh connection each time: what is measured is what a new user meets.
    const outgoing: ClientRequest = ask(url, {
      method,
      signal,
      agent: false,
      // Single sign-on and tracing make heads of 40 KB and more.
      maxHeaderSize: 131_072,
      headers: { 'user-agent': 'hakgal-monitor', ...headers },
    });
    outgoing.once('response', resolve);
    // Without a listener a 101 closes the connection, and neither an answer nor an error ever comes.
    outgoing.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
    outgoing.once('error', reject);
    outgoing.once('close', () => reject(Object.assign(new Error('It closed the connection'), { code: 'ECONNRESET' })));
    outgoing.end();
  });
}

async function readBody(response: IncomingMessage, most: number): Promise<{ body: Buffer; isCut: boolean }> {
  // Behind a 101 comes another protocol, and no body.
  if (response.statusCode === 101) return { body: Buffer.alloc(0), isCut: false };
  try {
    return await unpackBody(response, response.headers['content-encoding'], most);
  } finally {
    response.destroy();
  }
}

function certificateSecondsLeft({ socket }: IncomingMessage, now: number): number | undefined {
  const certificate = 'getPeerCertificate' in socket ? (socket as TLSSocket).getPeerCertificate() : undefined;
  const until = Date.parse(certificate?.valid_to ?? '');
  return Number.isNaN(until) ? undefined : Math.round((until - now) / 1_000);
}

const wrong = (kind: HttpTrouble, message: string, detail?: string): HttpAnswer => ({
  ok: false,
  kind,
  message,
  ...(detail !== undefined && { values: { detail } }),
});

function troubleOf(error: NodeJS.ErrnoException): HttpAnswer {
  const { code = '', message } = error;
  if (error instanceof UnreadableBody) return wrong('not-http', message, message);
  if (code === 'ECONNREFUSED') return wrong('refused', 'Nobody listens there');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return wrong('unknown-host', 'There is no such host');
  if (certificateCodes.test(code)) return wrong('certificate', `Its certificate is not accepted: ${message}`, message);
  if (code.startsWith('HPE_') || code === 'ECONNRESET')
    return wrong('not-http', `It does not answer in HTTP (${code})`, code);
  return wrong('unreachable', `It can't be reached: ${message}`, message);
}
