/** Whom to believe over TLS beyond the usual authorities, and how to show who we are. */
import type { ConnectionOptions, TLSSocket } from 'node:tls';

export interface TlsTrust {
  /** PEM of authorities that are believed besides the usual ones. */
  readonly authority?: string;
  /** PEM of our own certificate, with those that lead to its authority. */
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  /** SHA-256 of the one certificate that is believed whoever issued it, whatever its name and dates. */
  readonly acceptedCertificate?: string;
}

/** TLS costs 5 MB of memory; who has no such target does not pay for it. */
const loadTls = (): Promise<typeof import('node:tls')> => import('node:tls');

export async function tlsOptions({ authority, clientCertificate, clientKey }: TlsTrust): Promise<ConnectionOptions> {
  const own = authority ?? '';
  return {
    ...(own !== '' && { ca: [...(await loadTls()).rootCertificates, own] }),
    ...(clientCertificate !== undefined && clientCertificate !== '' && { cert: clientCertificate }),
    ...(clientKey !== undefined && clientKey !== '' && { key: clientKey }),
  };
}

export interface TlsPeer {
  readonly host: string;
  readonly port: number;
}

/**
 * A connection to whoever holds exactly the accepted certificate; nothing is sent before that is known.
 * @throws `UNKNOWN_CERTIFICATE` where it is another one
 */
export async function connectToAccepted(peer: TlsPeer, trust: TlsTrust, signal: AbortSignal): Promise<TLSSocket> {
  const socket = await connectUnchecked(peer, trust, signal);
  const shown = fingerprintOf(socket);
  if (shown !== undefined && shown === plainFingerprint(trust.acceptedCertificate ?? '')) return socket;
  socket.destroy();
  throw Object.assign(new Error('Its certificate is another one than the accepted one'), {
    code: 'CERT_NOT_ACCEPTED',
  });
}

/**
 * SHA-256 of the certificate that a peer shows, for people to compare; undefined where it shows none. Sends nothing.
 */
export async function showCertificate(
  peer: TlsPeer,
  trust: TlsTrust,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const socket = await connectUnchecked(peer, trust, signal);
    socket.destroy();
    return fingerprintOf(socket);
  } catch {
    return undefined;
  }
}

/** Seconds until the peer's certificate ends; undefined where the connection has none. */
export function certificateSecondsLeft(socket: object, now: number): number | undefined {
  const certificate = 'getPeerCertificate' in socket ? (socket as TLSSocket).getPeerCertificate() : undefined;
  const until = Date.parse(certificate?.valid_to ?? '');
  return Number.isNaN(until) ? undefined : Math.round((until - now) / 1_000);
}

/** As people copy it: with colons or without, in any case. */
export const plainFingerprint = (text: string): string => text.replace(/[^0-9a-f]/gi, '').toLowerCase();

async function connectUnchecked(
  { host, port }: TlsPeer,
  trust: TlsTrust,
  signal: AbortSignal,
): Promise<TLSSocket & { readonly fingerprint?: string }> {
  const { connect } = await loadTls();
  const options = await tlsOptions(trust);
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...options,
      host,
      port,
      // Names only: an address is no server name.
      ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
    });
    const giveUp = (): void => void socket.destroy(new Error('Given up'));
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('close', () => {
      signal.removeEventListener('abort', giveUp);
      reject(Object.assign(new Error('It closed the connection'), { code: 'ECONNRESET' }));
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      fingerprints.set(socket, plainFingerprint(socket.getPeerCertificate().fingerprint256 ?? ''));
      resolve(socket);
    });
  });
}

/** Read while the connection stands; a destroyed one shows none. */
const fingerprints = new WeakMap<object, string>();
const fingerprintOf = (socket: object): string | undefined => fingerprints.get(socket) || undefined;
