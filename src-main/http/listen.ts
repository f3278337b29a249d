/** Listening on loopback alone, on both of its addresses with one port; a taken port is no reason not to start. */
import type { RequestListener, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PortInUse } from '../contract/live.ts';
import { createServer, STATUS_CODES } from '../platform/node-http.ts';
import { refusedSockets } from './answer.ts';
import { limitConnections } from './connection-limit.ts';
import { findPortHolder } from './port-holder.ts';

export interface ConnectionLimits {
  readonly maxHeaderSize: number;
  /** All headers within this time, ms. */
  readonly headersTimeout: number;
  /** The whole request, body included, within this time, ms. */
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  /** On each address; beyond it, idle ones give way. */
  readonly maxConnections: number;
  /** How often the two limits above are looked at, ms. */
  readonly connectionsCheckingInterval: number;
}

const defaultLimits: ConnectionLimits = {
  /** Room for the cookie and the token, not for more. */
  maxHeaderSize: 16_384,
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 65_000,
  maxConnections: 512,
  connectionsCheckingInterval: 2_000,
};
const portsToTry = 20;

export interface Listening {
  readonly port: PortInUse;
  close(): Promise<void>;
}

export async function listenOnLoopback(
  name: PortInUse['name'],
  wanted: number,
  onRequest: (port: number) => RequestListener,
  limits: ConnectionLimits = defaultLimits,
): Promise<Listening> {
  const candidates = wanted === 0 ? [0] : [...Array.from({ length: portsToTry }, (_, index) => wanted + index), 0];
  for (const candidate of candidates.filter((port) => port <= 65_535)) {
    const taken = await tryPort(candidate, onRequest, limits);
    if (taken === undefined) continue;
    const { servers, actual } = taken;
    const holder = wanted !== 0 && actual !== wanted ? await findPortHolder(wanted) : undefined;
    return {
      port: { name, wanted, actual, ...(holder !== undefined && { holder }) },
      close: async () => {
        await Promise.all(servers.map(closeServer));
      },
    };
  }
  return { port: { name, wanted, actual: null }, close: async () => {} };
}

/** Who holds the ports that were not to be had, as it is now: programs end, and ports get free. */
export const lookAtHolders = (ports: readonly PortInUse[]): Promise<readonly PortInUse[]> =>
  Promise.all(
    ports.map(async (port) => {
      const { name, wanted, actual } = port;
      if (wanted === 0 || wanted === actual) return port;
      const isFree = await isFreePort(wanted);
      const holder = isFree ? undefined : await findPortHolder(wanted);
      return { name, wanted, actual, ...(holder !== undefined && { holder }), ...(isFree && { isFreeNow: true }) };
    }),
  );

async function isFreePort(port: number): Promise<boolean> {
  const taken = await tryPort(port, () => () => {}, defaultLimits);
  await Promise.all((taken?.servers ?? []).map(closeServer));
  return taken !== undefined;
}

/** Both addresses or none; a machine without IPv6 has one. Undefined: the port is taken. */
async function tryPort(
  port: number,
  onRequest: (port: number) => RequestListener,
  limits: ConnectionLimits,
): Promise<{ readonly servers: readonly Server[]; readonly actual: number } | undefined> {
  const first = await listen(port, '127.0.0.1', onRequest, limits);
  if (!('server' in first)) return undefined;
  const { port: actual } = first.server.address() as { port: number };
  const second = await listen(actual, '::1', onRequest, limits);
  if ('server' in second) return { servers: [first.server, second.server], actual };
  if (second.code === 'EADDRINUSE') {
    await closeServer(first.server);
    return undefined;
  }
  return { servers: [first.server], actual };
}

function listen(
  port: number,
  host: string,
  onRequest: (port: number) => RequestListener,
  limits: ConnectionLimits,
): Promise<{ server: Server } | { code: string }> {
  return new Promise((resolve) => {
    const { maxConnections, ...times } = limits;
    const server = createServer({ ...times, noDelay: true });
    limitConnections(server, maxConnections);
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? 'UNKNOWN' }));
    server.listen({ port, host, ipv6Only: true }, () => {
      server.on('request', onRequest((server.address() as { port: number }).port));
      server.on('clientError', answerBroken);
      resolve({ server });
    });
  });
}

/** What never became a request is answered here, in words as well. */
function answerBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || refusedSockets.has(socket)) return void socket.destroy();
  const [status, reason] = brokenRequest(error.code);
  const body = JSON.stringify({ error: reason });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      // Pages of other ports can fill a browser's cookies for this machine; here nobody needs any, and then they are
      // gone.
      `${status === 431 ? 'Clear-Site-Data: "cookies"\r\n' : ''}X-Content-Type-Options: nosniff\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    // A client that goes on sending what nobody reads does not keep the connection.
    () => socket.destroy(),
  );
}

function brokenRequest(code: string | undefined): readonly [status: 400 | 408 | 431, reason: string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'The headers are too large.'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'The request did not arrive in time.'];
    default:
      return [400, 'This is not a request that HTTP knows.'];
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
