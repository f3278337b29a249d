/**
 * Who may ask what: pure, so that every refusal has a test. A web page of another origin can reach loopback through the user's
 * browser, so the Host must be ours (DNS rebinding), the Origin too, and what changes state or shows names wants the token.
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Access {
  /** `open`: readable by local tools · `events`: the applications' one write · `token`: everything else · `page`: the app's own files. */
  readonly kind: 'open' | 'events' | 'token' | 'page';
  /** Writes want this content type; undefined where any body is refused by the route itself. */
  readonly contentTypes?: readonly string[];
}

export interface GuardedRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

export interface GuardSettings {
  readonly port: number;
  readonly token: string;
  readonly readsWithoutToken: boolean;
  readonly eventsWithoutToken: boolean;
}

export interface Refusal {
  readonly status: 400 | 401 | 403 | 415;
  readonly reason: string;
}

export const cookieName = (port: number): string => `hakgal_token_${port}`;

/** Undefined: go on. */
export function refuse(request: GuardedRequest, access: Access, settings: GuardSettings): Refusal | undefined {
  const { headers, method } = request;
  const { port } = settings;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (headers.host === undefined || !hosts.includes(headers.host.toLowerCase())) {
    return { status: 403, reason: 'This server answers only under 127.0.0.1, localhost and [::1] with its port.' };
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
  if (needsToken && !hasToken(headers, settings)) {
    return {
      status: 401,
      reason: 'This needs the token that lies in the data directory: send it as "Authorization: Bearer TOKEN".',
    };
  }
  return undefined;
}

export function hasToken(
  headers: IncomingHttpHeaders,
  { port, token }: Pick<GuardSettings, 'port' | 'token'>,
): boolean {
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  const cookie = (headers.cookie ?? '')
    .split(/;\s*/)
    .find((pair) => pair.startsWith(`${cookieName(port)}=`))
    ?.slice(cookieName(port).length + 1);
  return [bearer, cookie].some((given) => given !== undefined && isSame(given, token));
}

/** Takes the same time wherever the first difference lies. */
export function isSame(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
