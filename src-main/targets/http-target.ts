/** A web address: status, times, certificate, and whether the body says what it should. */
import type { TargetFinding } from '../contract/targets.ts';
import { askHttp, type HttpAnswer } from '../platform/web/http-request.ts';
import { webAccess } from '../platform/web/web-access.ts';
import { judgeAnswer } from './http/judge-answer.ts';
import { certificateLeft, targetGauge } from './target-metrics.ts';
import { finding, type SettingsOf, type TargetType } from './target-type.ts';

const status = targetGauge(
  'http_target_status_code',
  { en: 'Status', de: 'Status der Antwort' },
  { en: 'Status of the last answer.', de: 'Status der letzten Antwort.' },
  'count',
);
const firstByte = targetGauge(
  'http_target_first_byte_seconds',
  { en: 'Time to first byte', de: 'Zeit bis zum ersten Byte' },
  {
    en: 'Time until the answer began, redirects included.',
    de: 'Zeit bis zum Beginn der Antwort, Weiterleitungen eingeschlossen.',
  },
  'seconds',
);
const total = targetGauge(
  'http_target_response_seconds',
  { en: 'Response time', de: 'Antwortzeit' },
  { en: 'Time until the answer was whole.', de: 'Zeit, bis die Antwort ganz da war.' },
  'seconds',
);
const size = targetGauge(
  'http_target_body_bytes',
  { en: 'Size of the answer', de: 'Größe der Antwort' },
  { en: 'Size of the body, up to a megabyte.', de: 'Größe des Inhalts, bis zu einem Megabyte.' },
  'bytes',
);
const maxBytes = 1_048_576;
const daySeconds = 86_400;
const rounded = (seconds: number): number => Math.round(seconds * 1e4) / 1e4;

export const httpTarget: TargetType<'http'> = {
  kind: 'http',
  metrics: [status, firstByte, total, size, certificateLeft],
  interval: () => 'slow',
  timeoutMs: ({ timeoutSeconds }) => (timeoutSeconds + 2) * 1_000,
  open: (settings, { clock, secret }) => ({
    async look(sink, { signal }) {
      const { id, url, method, timeoutSeconds, followsRedirects } = settings;
      const access = await webAccess(settings, (name) => secret(id, name));
      const answer = await askHttp(
        {
          url,
          method,
          ...bodyOf(settings, access.headers),
          maxRedirects: followsRedirects ? 5 : 0,
          timeoutMs: timeoutSeconds * 1_000,
          maxBytes,
          signal,
          privateHeaders: access.privateHeaders,
          trust: access.trust,
        },
        clock,
      );
      if (!answer.ok) return troubleFinding(url, answer);
      const target = { target: id };
      sink.sample(status, answer.status, target);
      sink.sample(firstByte, rounded(answer.firstByteSeconds), target);
      sink.sample(total, rounded(answer.totalSeconds), target);
      sink.sample(size, answer.body.length, target);
      const left = answer.certificateSecondsLeft;
      sink.sample(certificateLeft, left, target);
      const facts = [
        { name: 'status', value: String(answer.status) },
        { name: 'response-seconds', value: String(rounded(answer.totalSeconds)) },
        ...(left === undefined
          ? []
          : [{ name: 'certificate-days-left', value: String(Math.floor(left / daySeconds)) }]),
      ];
      return (
        judgeAnswer(settings, answer, facts) ??
        finding('up', 'ok', `${url} answers with status ${answer.status}`, facts)
      );
    },
  }),
};

/** Why no answer came; for a certificate with what the user can compare and accept. */
export function troubleFinding(url: string, answer: Extract<HttpAnswer, { readonly ok: false }>): TargetFinding {
  const { kind, message, values, fingerprint } = answer;
  const facts = fingerprint === undefined ? [] : [{ name: 'certificate-fingerprint', value: fingerprint }];
  return finding('down', kind, `${url}: ${message}`, facts, values);
}

function bodyOf(
  { method, body }: SettingsOf<'http'>,
  headers: Readonly<Record<string, string>>,
): { readonly headers: Readonly<Record<string, string>>; readonly body?: string } {
  if (body === '' || method === 'GET' || method === 'HEAD') return { headers };
  const type = /^\s*[{[]/.test(body) ? 'application/json' : 'text/plain; charset=utf-8';
  return { headers: { 'content-type': type, ...headers }, body };
}
