/** One HTTP request with every bound set: time, redirects, size of the answer. */
import type { IncomingMessage } from 'node:http';
import type { Values } from '../../contract/text/message.ts';
import type { Clock } from '../clock.ts';
import { charsetOf, decodeBody, UnreadableBody, unpackBody } from '../unpack-body.ts';
import { sendRequest } from './send-request.ts';
import { certificateSecondsLeft, showCertificate, type TlsTrust } from './tls-trust.ts';

export interface HttpQuestion {
  readonly url: string;
  readonly method: string;
  readonly timeoutMs: number;
  /** Reading stops here, and the answer counts as cut. */
  readonly maxBytes: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that go to the first host only. */
  readonly privateHeaders?: readonly string[];
  readonly body?: string;
  /** 5 when absent; 0 takes the redirect itself for the answer. */
  readonly maxRedirects?: number;
  readonly trust?: TlsTrust;
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
  | {
      readonly ok: false;
      readonly kind: HttpTrouble;
      readonly message: string;
      readonly values?: Values;
      /** SHA-256 of the certificate that was not believed, for the user to compare and accept. */
      readonly fingerprint?: string;
    };

type HttpTrouble =
  | 'refused'
  | 'unknown-host'
  | 'timed-out'
  | 'unreachable'
  | 'too-many-redirects'
  | 'bad-redirect'
  | 'certificate'
  | 'not-http';

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
    const trouble = troubleOf(error as NodeJS.ErrnoException);
    if (trouble.ok || trouble.kind !== 'certificate') return trouble;
    const { hostname: host, port } = new URL(question.url);
    const peer = { host: host.replace(/^\[|\]$/g, ''), port: Number(port || 443) };
    const fingerprint = await Promise.race([
      showCertificate(peer, question.trust ?? {}, controller.signal),
      isOver.then(() => undefined),
    ]);
    return { ...trouble, ...(fingerprint !== undefined && { fingerprint }) };
  } finally {
    question.signal?.removeEventListener('abort', giveUp);
    controller.abort();
  }
}

async function follow(question: HttpQuestion, clock: Clock, signal: AbortSignal): Promise<HttpAnswer> {
  const began = clock.monotonic();
  const { maxRedirects = 5, maxBytes, ...request } = question;
  const sent = await sendRequest({ ...request, url: new URL(question.url), maxRedirects, signal });
  if ('trouble' in sent) return wrong(sent.trouble, sent.message);
  const { response } = sent;
  const firstByteSeconds = (clock.monotonic() - began) / 1_000;
  const left = certificateSecondsLeft(response.socket, clock.now());
  const { body, isCut } = await readBody(response, maxBytes);
  const charset = charsetOf(response.headers['content-type'], body);
  return {
    ok: true,
    status: response.statusCode ?? 0,
    body,
    text: () => decodeBody(body, charset),
    isCut,
    firstByteSeconds,
    totalSeconds: (clock.monotonic() - began) / 1_000,
    ...(left !== undefined && { certificateSecondsLeft: left }),
  };
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
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_'))
    return wrong('certificate', `TLS does not come about: ${message}`, message);
  if (code.startsWith('HPE_') || code === 'ECONNRESET')
    return wrong('not-http', `It does not answer in HTTP (${code})`, code);
  return wrong('unreachable', `It can't be reached: ${message}`, message);
}
