/**
 * Who may ask what: pure, so that every refusal has a test. A web page of another origin can reach loopback through the
 * user's browser, so the Host must be ours (DNS rebinding), the Origin too, and what changes state or shows names wants
 * the token.
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Access {
  /**
   * `open`: readable by local tools · `events`: the applications' one write · `token`: everything else · `page`: the
   * app's own files.
   */
  readonly kind: 'open' | 'events' | 'token' | 'page';
  /** Writes want this content type; undefined where any body is refused by the route itself. */
  readonly contentTypes?: readonly string[];
}

export interface GuardedRequest {
  readonly method: string;
  /** The request's target as it was sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn; what `headers` has merged or dropped is still here. */
  readonly rawHeaders: readonly string[];
}

export interface GuardSettings {
  readonly port: number;
  /** The token, or a session that was made under this host. */
  readonly isKnown: (secret: string, headers: IncomingHttpHeaders) => boolean;
  readonly readsWithoutToken: boolean;
  readonly eventsWithoutToken: boolean;
}

export interface Refusal {
  readonly status: 400 | 401 | 403 | 415;
  readonly reason: string;
}

/** Undefined: go on. */
export function refuse(request: GuardedRequest, access: Access, settings: GuardSettings): Refusal | undefined {
  const { headers, method, target } = request;
  const { port } = settings;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (countOf('host', request.rawHeaders) > 1)
    return { status: 400, reason: 'Send one Host header: of two, each reader would believe another.' };
  if (headers.host === undefined || !hosts.includes(headers.host.toLowerCase())) {
    return { status: 403, reason: 'This server answers only under 127.0.0.1, localhost and [::1] with its port.' };
  }
  if (!target.startsWith('/') && !target.toLowerCase().startsWith(`http://${headers.host.toLowerCase()}/`)) {
    return { status: 400, reason: 'This is no proxy: ask for a path, or for an address of this server itself.' };
  }
  if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`)) {
    return { status: 403, reason: 'Requests from pages of another origin are refused.' };
  }
  const site = headers['sec-fetch-site'];
  const isNavigation = access.kind === 'page' && method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
  if ((site === 'cross-site' || site === 'same-site') && !isNavigation) {
    return { status: 403, reason: 'Requests from other sites are refused.' };
  }
  if (access.contentTypes !== undefined && method !== 'GET' && method !== 'HEAD') {
    const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type === undefined || !access.contentTypes.includes(type)) {
      return { status: 415, reason: `Send the body as ${access.contentTypes.join(' or ')}.` };
    }
  }
  const needsToken =
    access.kind === 'token' ||
    (access.kind === 'open' && !settings.readsWithoutToken) ||
    (access.kind === 'events' && !settings.eventsWithoutToken);
  const secret = bearerOf(headers);
  if (needsToken && (secret === undefined || !settings.isKnown(secret, headers))) {
    return {
      status: 401,
      reason:
        'This needs a session (`hakgal-monitor open` signs a browser in) or the token that lies in the data directory, ' +
        'sent as "Authorization: Bearer TOKEN".',
    };
  }
  return undefined;
}

export const bearerOf = ({ authorization = '' }: IncomingHttpHeaders): string | undefined =>
  /^Bearer ([\w-]{1,200})$/.exec(authorization)?.[1];

const countOf = (name: string, rawHeaders: readonly string[]): number =>
  rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;

/** Takes the same time wherever the first difference lies. */
export function isSame(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
