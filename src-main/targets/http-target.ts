/** A web address: status, times, certificate, and whether the body says what it should. */
import { askHttp } from './http-request.ts';
import { targetGauge } from './target-metrics.ts';
import { finding, type TargetType } from './target-type.ts';

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
const certificate = targetGauge(
  'http_target_certificate_left_seconds',
  { en: 'Certificate', de: 'Zertifikat gilt noch' },
  { en: 'Time until the certificate runs out.', de: 'Zeit, bis das Zertifikat abläuft.' },
  'seconds',
);

const maxBytes = 1_048_576;
const daySeconds = 86_400;
const rounded = (seconds: number): number => Math.round(seconds * 1e4) / 1e4;

export const httpTarget: TargetType<'http'> = {
  kind: 'http',
  metrics: [status, firstByte, total, size, certificate],
  interval: () => 'slow',
  timeoutMs: ({ timeoutSeconds }) => (timeoutSeconds + 2) * 1_000,
  open: ({ id, url, method, status: expected, bodyContains, timeoutSeconds }, { clock }) => ({
    async look(sink, { signal }) {
      const answer = await askHttp({ url, method, timeoutMs: timeoutSeconds * 1_000, maxBytes, signal }, clock);
      if (!answer.ok) return finding('down', answer.kind, `${url}: ${answer.message}`, [], answer.values);
      const target = { target: id };
      sink.sample(status, answer.status, target);
      sink.sample(firstByte, rounded(answer.firstByteSeconds), target);
      sink.sample(total, rounded(answer.totalSeconds), target);
      sink.sample(size, answer.body.length, target);
      sink.sample(certificate, answer.certificateSecondsLeft, target);
      const left = answer.certificateSecondsLeft;
      const facts = [
        { name: 'status', value: String(answer.status) },
        { name: 'response-seconds', value: String(rounded(answer.totalSeconds)) },
        ...(left === undefined
          ? []
          : [{ name: 'certificate-days-left', value: String(Math.floor(left / daySeconds)) }]),
      ];
      if (answer.status < expected.from || answer.status > expected.until)
        return finding('wrong', 'status', `${url} answers with status ${answer.status}`, facts, {
          status: String(answer.status),
        });
      if (bodyContains !== undefined && !answer.text().includes(bodyContains))
        return finding('wrong', 'body', `The answer of ${url} does not hold "${bodyContains}"`, facts, {
          text: bodyContains,
        });
      return finding('up', 'ok', `${url} answers with status ${answer.status}`, facts);
    },
  }),
};
