/** Network errors in words: what happened and what usually helps. Names hosts and ports, never whole addresses. */
import type { FailedDelivery } from './channel.ts';
import { deliveryWords, notDelivered } from './delivery-words.ts';

/** Codes of Node's sockets, DNS and TLS, found at the error itself or at its cause. */
const known = [
  [/ECONNREFUSED/, 'retry', 'connection-refused'],
  [/ENOTFOUND|EAI_|EDNS/, 'retry', 'unknown-host'],
  [/ETIMEDOUT|ETIMEOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT/, 'retry', 'timed-out'],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET|ECONNECTION/, 'retry', 'connection-lost'],
  [/ENETUNREACH|EHOSTUNREACH|ENETDOWN/, 'retry', 'no-network'],
  [/CERT_NOT_ACCEPTED|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/, 'refused', 'certificate-unknown'],
  [/CERT_HAS_EXPIRED/, 'retry', 'certificate-expired'],
  [/ERR_TLS_CERT_ALTNAME/, 'refused', 'certificate-name'],
  [/WRONG_VERSION_NUMBER|ERR_SSL|EPROTO/, 'refused', 'encryption-mismatch'],
] as const;

export function explainFailure(error: unknown, peer: string): FailedDelivery {
  const codes = codesOf(error);
  for (const [pattern, kind, reason] of known)
    if (codes.some((code) => pattern.test(code))) return notDelivered(kind, deliveryWords[reason], { peer });
  return notDelivered('retry', deliveryWords.failed, { peer, detail: (error as Error).message });
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
