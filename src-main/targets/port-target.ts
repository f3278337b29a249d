/**
 * A TCP port: does anyone answer, and how soon; and the certificate where it speaks TLS, at once or by its protocol's
 * request.
 */
import type { TargetFinding } from '../contract/targets.ts';
import { connectToPort, type PortAnswer } from './port/connect.ts';
import { certificateLeft, targetGauge } from './target-metrics.ts';
import { finding, type TargetType } from './target-type.ts';

const connectSeconds = targetGauge(
  'port_target_connect_seconds',
  { en: 'Time to connect', de: 'Dauer des Verbindens' },
  { en: 'Time until the connection stood.', de: 'Zeit, bis die Verbindung stand.' },
  'seconds',
);

export const portTarget: TargetType<'port'> = {
  kind: 'port',
  metrics: [connectSeconds, certificateLeft],
  interval: () => 'slow',
  timeoutMs: ({ timeoutSeconds }) => (timeoutSeconds + 2) * 1_000,
  open: ({ id, host, port, protocol, authority, acceptedCertificate, timeoutSeconds }, { clock }) => ({
    async look(sink, { signal }) {
      const address = `${host}:${port}`;
      const trust = { authority, acceptedCertificate };
      const timeoutMs = timeoutSeconds * 1_000;
      const answer = await connectToPort({ host, port, protocol, trust, timeoutMs, signal }, clock);
      if (!answer.ok) return troubleOf(address, answer, timeoutSeconds);
      const { connectSeconds: seconds, certificateSecondsLeft: left, distrust } = answer;
      sink.sample(connectSeconds, Math.round(seconds * 1e6) / 1e6, { target: id });
      sink.sample(certificateLeft, left, { target: id });
      const facts =
        left === undefined ? [] : [{ name: 'certificate-days-left', value: String(Math.floor(left / 86_400)) }];
      if (distrust === undefined) return finding('up', 'ok', `${address} answers`, facts);
      const { reason, fingerprint } = distrust;
      return finding('wrong', 'certificate', `The certificate of ${address} is not accepted: ${reason}`, [
        ...facts,
        { name: 'certificate-fingerprint', value: fingerprint },
      ]);
    },
  }),
};

function troubleOf(
  address: string,
  { code, message }: Extract<PortAnswer, { readonly ok: false }>,
  timeoutSeconds: number,
): TargetFinding {
  if (code === 'ECONNREFUSED') return finding('down', 'refused', `Nobody listens on ${address}`);
  if (code === 'ETIMEDOUT') return finding('down', 'timed-out', `${address} did not answer within ${timeoutSeconds} s`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return finding('down', 'unknown-host', `There is no host at ${address}`);
  // What it says instead of TLS, or that it says nothing that is TLS.
  if (code === 'NO_TLS' || /SSL|EPROTO|TLS/.test(code))
    return finding('wrong', 'no-tls', `${address} offers no TLS: ${message}`, [], { detail: message });
  return finding('down', 'unreachable', `${address} can't be reached (${code || message})`, [], {
    detail: code || message,
  });
}
