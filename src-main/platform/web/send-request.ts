/**
 * One HTTP request and the redirects behind it, over plain node:http: `fetch` tells no times, takes no certificates and
 * costs 14 MB.
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { request as requestHttp } from '../node-http.ts';
import { CookieJar } from './cookie-jar.ts';
import { connectToAccepted, type TlsTrust, tlsOptions } from './tls-trust.ts';

export interface WebRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Names of headers that go to the first host only, besides those that always do. */
  readonly privateHeaders?: readonly string[];
  readonly body?: string | Buffer;
  readonly trust?: TlsTrust;
  /** 0 hands out the redirect itself. */
  readonly maxRedirects: number;
  readonly signal: AbortSignal;
}

export type Redirected =
  | { readonly response: IncomingMessage; readonly url: URL }
  | { readonly trouble: 'too-many-redirects' | 'bad-redirect'; readonly message: string };

/** Never sent on to another host than the one that the user named. */
const secretHeaders = ['authorization', 'cookie', 'proxy-authorization'];

/** Rejects with what the network says. */
export async function sendRequest(request: WebRequest): Promise<Redirected> {
  const { maxRedirects } = request;
  const jar = new CookieJar();
  let { url, method, body } = request;
  for (let redirects = 0; ; redirects += 1) {
    const cookie = jar.header(url);
    const headers = {
      ...headersFor(request, url),
      ...(cookie !== undefined && { cookie: [request.headers?.cookie, cookie].filter(Boolean).join('; ') }),
    };
    const response = await sendOnce(
      { ...request, url, method, headers, ...(body === undefined ? {} : { body }) },
      body,
    );
    const { statusCode: status = 0, headers: answer } = response;
    if (maxRedirects === 0 || status < 300 || status >= 400 || answer.location === undefined) return { response, url };
    response.destroy();
    if (redirects >= maxRedirects)
      return { trouble: 'too-many-redirects', message: `It redirects more than ${maxRedirects} times` };
    jar.take(url, answer['set-cookie']);
    if (!URL.canParse(answer.location, url.href))
      return { trouble: 'bad-redirect', message: `${url} redirects to nowhere` };
    url = new URL(answer.location, url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      return { trouble: 'bad-redirect', message: `It redirects to ${url.protocol}` };
    // As browsers do it: only 307 and 308 mean the same request again.
    if (status === 303 || ((status === 301 || status === 302) && method === 'POST')) {
      if (method !== 'HEAD') method = 'GET';
      body = undefined;
    }
  }
}

function headersFor({ url: first, headers = {}, privateHeaders = [] }: WebRequest, url: URL): Record<string, string> {
  const isElsewhere = url.host !== first.host || (first.protocol === 'https:' && url.protocol !== 'https:');
  const kept = isElsewhere ? [...secretHeaders, ...privateHeaders.map((name) => name.toLowerCase())] : [];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !kept.includes(name.toLowerCase())));
}

async function sendOnce(
  { url, method, headers, trust = {}, signal }: WebRequest,
  body: string | Buffer | undefined,
): Promise<IncomingMessage> {
  const isTls = url.protocol === 'https:';
  const ask = isTls ? (await import('node:https')).request : requestHttp;
  const isPinned = isTls && (trust.acceptedCertificate ?? '') !== '';
  const peer = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 443) };
  const socket = isPinned ? await connectToAccepted(peer, trust, signal) : undefined;
  const options: RequestOptions = {
    method,
    signal,
    // Single sign-on and tracing make heads of 40 KB and more.
    maxHeaderSize: 131_072,
    headers: {
      'user-agent': 'hakgal-monitor',
      ...headers,
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    },
    ...(isTls && !isPinned && (await tlsOptions(trust))),
    // A fresh connection each time: what is measured is what a new user meets.
    ...(socket === undefined ? { agent: false } : { createConnection: () => socket }),
  };
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = ask(url, options);
    outgoing.once('response', resolve);
    // Without a listener a 101 closes the connection, and neither an answer nor an error ever comes.
    outgoing.once('upgrade', (response, upgraded) => {
      upgraded.destroy();
      resolve(response);
    });
    outgoing.once('error', reject);
    outgoing.once('close', () => reject(Object.assign(new Error('It closed the connection'), { code: 'ECONNRESET' })));
    outgoing.end(body);
  });
}
