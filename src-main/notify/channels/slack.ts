/** Slack by an incoming webhook: blocks within Slack's limits, and its own words for what went wrong. */
import { z } from 'zod';
import { sentences } from '../../contract/text/message.ts';
import type { Channel, Delivery, Notification, SendContext } from '../channel.ts';
import { type Composed, type ComposedItem, compose, inOneLine } from '../compose.ts';
import { deliveryWords, notDelivered } from '../delivery-words.ts';
import { notificationWords as words } from '../notification-words.ts';
import { judgeStatus, type PeerAnswer, postJson } from '../post-json.ts';

/**
 * Slack's limits: 50 blocks, 150 characters in a header, 3,000 in a section. Servers that take its messages may stop at
 * 15 of a kind.
 */
const maxAlerts = 12;
const maxHeader = 150;
const maxSection = 3_000;

/** What Slack answers, with hyphens where it writes underscores. */
const failures = sentences('delivery.slack', {
  'no-service': {
    en: 'This webhook has been removed or switched off in Slack. Make a new one and enter its address.',
    de: 'Dieser Webhook wurde in Slack entfernt oder ausgeschaltet. Legen Sie einen neuen an und tragen Sie seine Adresse ein.',
  },
  'no-team': {
    en: 'The workspace of this webhook does not exist any more.',
    de: 'Den Arbeitsbereich dieses Webhooks gibt es nicht mehr.',
  },
  'team-disabled': {
    en: 'The workspace of this webhook has been switched off.',
    de: 'Der Arbeitsbereich dieses Webhooks ist ausgeschaltet.',
  },
  'channel-not-found': {
    en: 'The channel of this webhook does not exist any more.',
    de: 'Den Kanal dieses Webhooks gibt es nicht mehr.',
  },
  'channel-is-archived': {
    en: 'The channel of this webhook has been archived.',
    de: 'Der Kanal dieses Webhooks ist archiviert.',
  },
  'action-prohibited': {
    en: "The workspace's settings forbid this webhook to post.",
    de: 'Die Einstellungen des Arbeitsbereichs verbieten diesem Webhook, etwas zu senden.',
  },
  'posting-to-general-channel-denied': {
    en: 'The workspace allows only some people to post in its general channel.',
    de: 'In den allgemeinen Kanal dürfen in diesem Arbeitsbereich nur bestimmte Personen schreiben.',
  },
  'invalid-token': {
    en: 'The address of the webhook is not complete. Copy it from Slack again.',
    de: 'Die Adresse des Webhooks ist nicht vollständig. Kopieren Sie sie noch einmal aus Slack.',
  },
});

const optionsSchema = z.object({
  url: z
    .string()
    .min(1)
    .meta({
      label: { en: 'Webhook address', de: 'Webhook-Adresse' },
      help: {
        en: 'Whoever has this address can post: it is kept like a password.',
        de: 'Wer diese Adresse hat, kann schreiben: Sie wird wie ein Passwort aufbewahrt.',
      },
      placeholder: 'https://hooks.slack.com/services/…',
      secret: true,
    }),
});

/** Of Slack's own words, those that mean it is too much at once. */
const tooMuch = /^(msg_too_long|msg_blocks_too_long|too_many_attachments|invalid_blocks|no_more_than_50_blocks.*)$/;

export const slackChannel: Channel<z.infer<typeof optionsSchema>> = {
  kind: 'slack',
  title: { en: 'Slack', de: 'Slack' },
  help: {
    en: 'A message through an incoming webhook of your workspace.',
    de: 'Eine Nachricht über einen Incoming Webhook Ihres Arbeitsbereichs.',
  },
  failures,
  options: optionsSchema,
  maxItems: maxAlerts,
  async send(notification, { options }, context) {
    const sent = await postJson(options.url, JSON.stringify(slackBody(notification, context)), {}, context);
    if ('failure' in sent) return sent.failure;
    if (tooMuch.test(sent.answer.text.trim()))
      return notDelivered('refused', deliveryWords['too-large'], { peer: 'Slack', status: String(sent.answer.status) });
    return explainSlack(sent.answer.text.trim()) ?? judgeStatus(withStatedFailure(sent.answer), 'Slack');
  },
};

/** Servers that take Slack's messages may answer 200 and say in the body that they did not. */
function withStatedFailure(answer: PeerAnswer): PeerAnswer {
  if (answer.status < 200 || answer.status >= 300 || !answer.text.trimStart().startsWith('{')) return answer;
  try {
    const said = JSON.parse(answer.text) as { readonly ok?: unknown; readonly success?: unknown };
    return said.ok === false || said.success === false ? { ...answer, status: 422 } : answer;
  } catch {
    return answer;
  }
}

function explainSlack(text: string): Delivery | undefined {
  const name = text.replaceAll('_', '-');
  return name in failures ? notDelivered('refused', failures[name as keyof typeof failures]) : undefined;
}

const symbol = ({ item }: ComposedItem): string =>
  item.kind === 'resolved'
    ? ':white_check_mark:'
    : item.alert.severity === 'critical'
      ? ':red_circle:'
      : item.alert.severity === 'warning'
        ? ':large_orange_circle:'
        : ':large_blue_circle:';

export function slackBody(
  notification: Notification,
  context: Pick<SendContext, 'speaker' | 'machine' | 'dashboard'>,
): unknown {
  const { speaker, machine } = context;
  const composed = compose(notification, speaker);
  const title = speaker.say(words['on-machine'], { title: composed.title, machine });
  if (notification.isTest === true)
    return { text: escapeText(title), blocks: [header(title), section(escapeText(speaker.say(words['test-body'])))] };
  const blocks = [
    header(title),
    ...composed.items.map((one) => section(itemText(one, composed))),
    ...(context.dashboard === undefined
      ? []
      : [small(`<${context.dashboard}|${escapeText(speaker.say(words['open-dashboard']))}>`)]),
  ];
  const lines = composed.items.map(inOneLine).join('\n');
  return { text: cut(escapeText(`${title}\n${lines}`), maxSection), blocks };
}

function itemText(one: ComposedItem, { items }: Composed): string {
  // A single alert's title is the header above.
  const title = items.length > 1 ? `*${escapeText(one.title)}*` : undefined;
  const said = [one.detail, one.cause ?? one.culprits, one.advice].map((line) =>
    line === undefined ? undefined : escapeText(line),
  );
  const lines = [title, ...said, one.runbook === undefined ? undefined : `<${one.runbook}>`];
  return cut(`${symbol(one)} ${lines.filter((line) => line !== undefined).join('\n')}`, maxSection);
}

/** Slack's three special characters. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text: cut(text, maxHeader) } });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const small = (text: string) => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] });
