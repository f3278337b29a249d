/** A connection to a port, with TLS where its protocol has it; closed as soon as it stands. */
import { createConnection, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../platform/clock.ts';
import { certificateSecondsLeft, plainFingerprint, type TlsTrust, tlsOptions } from '../../platform/web/tls-trust.ts';
import { type PortProtocol, requestTls } from './starttls.ts';

export interface PortQuestion {
  readonly host: string;
  readonly port: number;
  readonly protocol: PortProtocol;
  readonly trust: TlsTrust;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type PortAnswer =
  | {
      readonly ok: true;
      readonly connectSeconds: number;
      readonly certificateSecondsLeft?: number;
      /** Why the certificate is not believed, and its SHA-256. */
      readonly distrust?: { readonly reason: string; readonly fingerprint: string };
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Settles within the time limit, whatever the peer does. */
export async function connectToPort(question: PortQuestion, clock: Clock): Promise<PortAnswer> {
  const { host, port, protocol, trust, timeoutMs, signal } = question;
  const began = clock.monotonic();
  const sockets: Socket[] = [];
  const keep = <T extends Socket>(socket: T): T => {
    sockets.push(socket);
    // What comes after we have gone is nobody's.
    socket.on('error', () => {});
    return socket;
  };
  let giveUp = (): void => {};
  const late = new Promise<PortAnswer>((resolve) => {
    giveUp = () => resolve({ ok: false, code: 'ETIMEDOUT', message: 'No answer in time' });
  });
  using _ = clock.after(timeoutMs, giveUp);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { ok: false, code, message };
  } finally {
    signal.removeEventListener('abort', giveUp);
    // The one with TLS takes the one below it along. Node has been seen to crash where that one was ended first.
    sockets.at(-1)?.destroy();
  }

  async function look(): Promise<PortAnswer> {
    const socket = keep(createConnection({ host, port }));
    await eventOf(socket, 'connect');
    const connectSeconds = (clock.monotonic() - began) / 1_000;
    if (protocol === 'tcp') return { ok: true, connectSeconds };
    if (protocol !== 'tls') await requestTls(socket, protocol);
    const { connect } = await import('node:tls');
    const isName = !/^[\d.:]+$/.test(host);
    const secure = keep(
      connect({
        ...(await tlsOptions(trust)),
        socket,
        host,
        ...(isName && { servername: host }),
        rejectUnauthorized: false,
      }),
    );
    await eventOf(secure, 'secureConnect');
    const left = certificateSecondsLeft(secure, clock.now());
    const distrust = distrustOf(secure, trust);
    return {
      ok: true,
      connectSeconds,
      ...(left !== undefined && { certificateSecondsLeft: left }),
      ...(distrust !== undefined && { distrust }),
    };
  }
}

function distrustOf(socket: TLSSocket, { acceptedCertificate = '' }: TlsTrust) {
  const fingerprint = plainFingerprint(socket.getPeerCertificate().fingerprint256 ?? '');
  if (acceptedCertificate !== '')
    return fingerprint === plainFingerprint(acceptedCertificate)
      ? undefined
      : { reason: 'it is another one than the accepted one', fingerprint };
  const error: unknown = socket.authorizationError;
  return socket.authorized
    ? undefined
    : { reason: error instanceof Error ? error.message : String(error), fingerprint };
}

function eventOf(socket: Socket, name: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(name, () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('It closed the connection'), { code: 'ECONNRESET' })));
  });
}
