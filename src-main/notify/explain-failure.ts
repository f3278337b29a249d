/** Network errors in words: what happened and what usually helps. Names hosts and ports, never whole addresses. */
import type { DeliveryReason } from '../contract/wordings.ts';
import type { Delivery } from './channel.ts';

type Failed = Exclude<Delivery, { kind: 'delivered' }>;

/** Codes of Node's sockets, DNS and TLS, found at the error itself or at its cause. */
const known: readonly (readonly [
  code: RegExp,
  kind: Failed['kind'],
  reason: DeliveryReason,
  words: (peer: string) => string,
])[] = [
  [
    /ECONNREFUSED/,
    'retry',
    'connection-refused',
    (peer) => `Nothing listens at ${peer}. Check host and port, and that the server runs.`,
  ],
  [
    /ENOTFOUND|EAI_|EDNS/,
    'retry',
    'unknown-host',
    (peer) => `The name of ${peer} can't be found. Check its spelling and the network.`,
  ],
  [
    /ETIMEDOUT|ETIMEOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT/,
    'retry',
    'timed-out',
    (peer) => `${peer} did not answer in time. A firewall may swallow the connection, or the port is wrong.`,
  ],
  [
    /ECONNRESET|EPIPE|UND_ERR_SOCKET|ECONNECTION/,
    'retry',
    'connection-lost',
    (peer) =>
      `${peer} ended the connection in the middle. A wrong choice of encryption for this port looks like this, too.`,
  ],
  [
    /ENETUNREACH|EHOSTUNREACH|ENETDOWN/,
    'retry',
    'no-network',
    (peer) => `There is no way to ${peer}: no network, or another one.`,
  ],
  [
    /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/,
    'refused',
    'certificate-unknown',
    (peer) =>
      `The certificate of ${peer} comes from nobody this machine trusts. Add its authority's certificate if it is your own server.`,
  ],
  [
    /CERT_HAS_EXPIRED/,
    'retry',
    'certificate-expired',
    (peer) => `The certificate of ${peer} has run out, or this machine's clock is wrong.`,
  ],
  [
    /ERR_TLS_CERT_ALTNAME/,
    'refused',
    'certificate-name',
    (peer) => `The certificate of ${peer} is for another name. Use the name that the server calls itself.`,
  ],
  [
    /WRONG_VERSION_NUMBER|ERR_SSL|EPROTO/,
    'refused',
    'encryption-mismatch',
    (peer) => `${peer} does not speak TLS on this port as chosen. Port 465 wants TLS at once, port 587 STARTTLS.`,
  ],
];

export function explainFailure(error: unknown, peer: string): Failed {
  const codes = codesOf(error);
  for (const [pattern, kind, reason, words] of known)
    if (codes.some((code) => pattern.test(code))) return { kind, reason, message: words(peer) };
  const { message } = error as Error;
  return { kind: 'retry', reason: 'failed', message: `${peer} could not be reached: ${message}`, detail: message };
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let one = error as { code?: unknown; message?: unknown; cause?: unknown; errors?: unknown } | undefined;
  for (let depth = 0; depth < 5 && typeof one === 'object' && one !== null; depth += 1) {
    if (typeof one.code === 'string') codes.push(one.code);
    // Nodemailer says ESOCKET for all of TLS; the words below it tell more.
    if (typeof one.message === 'string') {
      const told =
        /(self-signed|unable to verify|wrong version number|certificate has expired|ECONN\w+|EPIPE|altnames?)/i.exec(
          one.message,
        )?.[1];
      if (told !== undefined) codes.push(wordCodes[told.toLowerCase()] ?? told);
    }
    if (Array.isArray(one.errors)) codes.push(...one.errors.flatMap((inner) => codesOf(inner)));
    one = one.cause as typeof one;
  }
  // The specific ones first: a refused certificate is also a lost connection.
  return codes.sort((a, b) => Number(/^E(SOCKET|CONNECTION)$/.test(a)) - Number(/^E(SOCKET|CONNECTION)$/.test(b)));
}

const wordCodes: Readonly<Record<string, string>> = {
  'self-signed': 'SELF_SIGNED',
  'unable to verify': 'UNABLE_TO_VERIFY',
  'wrong version number': 'WRONG_VERSION_NUMBER',
  'certificate has expired': 'CERT_HAS_EXPIRED',
  altname: 'ERR_TLS_CERT_ALTNAME',
  altnames: 'ERR_TLS_CERT_ALTNAME',
};
