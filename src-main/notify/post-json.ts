/**
 * One POST of JSON to a peer the user named, its answer read as far as it explains anything. Never follows a redirect.
 */
import type { IncomingMessage } from 'node:http';
import { acceptedEncodings, unpackBody } from '../platform/unpack-body.ts';
import { sendRequest } from '../platform/web/send-request.ts';
import type { TlsTrust } from '../platform/web/tls-trust.ts';
import type { Delivery, FailedDelivery, SendContext } from './channel.ts';
import { deliveryWords, notDelivered } from './delivery-words.ts';
import { explainFailure } from './explain-failure.ts';

/** Enough for an error text. */
const maxAnswerBytes = 2_000;

export interface PeerAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

export async function postJson(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  context: Pick<SendContext, 'signal' | 'clock'>,
  trust: TlsTrust = {},
): Promise<{ readonly answer: PeerAnswer } | { readonly failure: FailedDelivery }> {
  let peer: URL;
  try {
    peer = new URL(url);
  } catch {
    return { failure: notDelivered('refused', deliveryWords['not-a-url']) };
  }
  try {
    const sent = await sendRequest({
      url: peer,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': acceptedEncodings, ...headers },
      body,
      trust,
      // A redirect would carry the body, and what is in it, to somewhere the user has not named.
      maxRedirects: 0,
      signal: context.signal,
    });
    if ('trouble' in sent) throw new Error(sent.message);
    const { response } = sent;
    return {
      answer: {
        status: response.statusCode ?? 0,
        text: await readSome(response),
        retryAfterMs: retryAfter(response.headers['retry-after'], context.clock.now()),
      },
    };
  } catch (error) {
    return { failure: explainFailure(error, peer.host) };
  }
}

/** What a status means for a notification, unless the peer's own protocol says otherwise. */
export function judgeStatus(answer: PeerAnswer, host: string): Delivery {
  const { status, text } = answer;
  const retryAfterMs = answer.retryAfterMs ?? retryAfterOf(text);
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const detail = text.trim() === '' ? {} : { detail: text.trim().slice(0, 200) };
  const values = { peer: host, status: String(status), ...detail };
  const later = retryAfterMs === undefined ? {} : { afterMs: retryAfterMs };
  if (status === 429)
    return { ...notDelivered('retry', deliveryWords['too-many'], { peer: host, ...detail }), ...later };
  if (status >= 300 && status < 400)
    return notDelivered('refused', deliveryWords.redirected, { peer: host, status: String(status) });
  if (status === 401 || status === 403) return notDelivered('refused', deliveryWords['not-allowed'], values);
  if (status === 404 || status === 410) return notDelivered('refused', deliveryWords['not-there'], values);
  // 408 late, 409 in conflict, 425 too early: none of these says that it will be refused again.
  if (status === 413 || ((status === 400 || status === 422) && speaksOfSize.test(text)))
    return notDelivered('refused', deliveryWords['too-large'], values);
  if (status >= 500 || status === 408 || status === 409 || status === 425)
    return { ...notDelivered('retry', deliveryWords['server-error'], values), ...later };
  return notDelivered('refused', deliveryWords.rejected, values);
}

/**
 * What receivers say with a 400 when a message is too long or has too many parts: Slack `msg_blocks_too_long`, Discord
 * `Must be 4096 or fewer in length`, Telegram `message is too long`, Mattermost and others `exceeds the maximum`.
 */
const speaksOfSize =
  /too[ _-]?(large|long|many|big)|exceed|or fewer|\b(maximum|max(imal)?|limit)\b.{0,40}\b(length|size|characters|attachments|blocks|embeds|bytes|alerts)|\b(length|size)\b.{0,20}\b(maximum|max|limit)|payload.{0,20}(size|large)/is;

/** Seconds that some say in the body alone: Discord at its top, Telegram under `parameters`. */
function retryAfterOf(text: string): number | undefined {
  if (!text.includes('retry_after')) return undefined;
  try {
    const said = JSON.parse(text) as {
      readonly retry_after?: unknown;
      readonly parameters?: { readonly retry_after?: unknown };
    };
    const seconds = Number(said.retry_after ?? said.parameters?.retry_after);
    return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
  } catch {
    return undefined;
  }
}

export const hostOf = (url: string): string => {
  try {
    return new URL(url).host;
  } catch {
    return 'the address';
  }
};

function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

async function readSome(response: IncomingMessage): Promise<string> {
  try {
    const { body } = await unpackBody(response, response.headers['content-encoding'], maxAnswerBytes);
    return body.toString('utf8');
  } catch {
    // The status says enough.
    return '';
  } finally {
    response.destroy();
  }
}
