/** Microsoft Teams by the webhook of a workflow (or an older connector): an adaptive card. */
import { z } from 'zod';
import type { Channel } from '../channel.ts';
import { deliveryWords, notDelivered } from '../delivery-words.ts';
import { notificationWords as words } from '../notification-words.ts';
import { judgeStatus, type PeerAnswer, postJson } from '../post-json.ts';
import { type ChatText, chatText } from '../texts/chat-text.ts';

/** Teams refuses 28 KB. */
const maxBytes = 27_000;

const optionsSchema = z.object({
  url: z
    .string()
    .min(1)
    .meta({
      label: { en: 'Webhook address', de: 'Webhook-Adresse' },
      help: {
        en: 'Of a workflow "when a Teams webhook request is received". Whoever has it can post: it is kept like a password.',
        de: 'Eines Workflows „bei Empfang einer Teams-Webhookanforderung“. Wer sie hat, kann schreiben: Sie wird wie ein Passwort aufbewahrt.',
      },
      placeholder: 'https://….logic.azure.com/workflows/…',
      secret: true,
    }),
});

export const teamsChannel: Channel<z.infer<typeof optionsSchema>> = {
  kind: 'teams',
  title: { en: 'Microsoft Teams', de: 'Microsoft Teams' },
  help: { en: 'A card through the webhook of a workflow.', de: 'Eine Karte über den Webhook eines Workflows.' },
  options: optionsSchema,
  async send(notification, { options }, context) {
    const open = context.dashboard === undefined ? undefined : context.speaker.say(words['open-dashboard']);
    const body = JSON.stringify(card(chatText(notification, context), context.dashboard, open));
    if (Buffer.byteLength(body) > maxBytes)
      return notDelivered('refused', deliveryWords['too-large'], { peer: 'Teams', status: '28 KB' });
    const sent = await postJson(options.url, body, {}, context);
    return 'failure' in sent ? sent.failure : judgeStatus(withStatedFailure(sent.answer), 'Teams');
  },
};

const colours = { critical: 'attention', warning: 'warning', info: 'accent', resolved: 'good' } as const;

function card({ title, paragraphs }: ChatText, dashboard: string | undefined, open: string | undefined): unknown {
  const block = (text: string, more: object = {}) => ({
    type: 'TextBlock',
    text: escapeMarkdown(text),
    wrap: true,
    ...more,
  });
  const blocks = paragraphs.flatMap((one, index) => [
    ...(one.title === undefined
      ? []
      : [block(one.title, { weight: 'bolder', color: colours[one.mood], separator: index > 0 })]),
    ...one.lines.map((line) => block(line, { spacing: 'small' })),
    ...(one.runbook === undefined ? [] : [block(one.runbook, { spacing: 'small', isSubtle: true })]),
  ]);
  const colour = paragraphs.length === 1 ? colours[paragraphs[0]?.mood ?? 'info'] : 'default';
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [block(title, { weight: 'bolder', size: 'medium', color: colour }), ...blocks],
    ...(dashboard !== undefined && { actions: [{ type: 'Action.OpenUrl', title: open, url: dashboard }] }),
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

/** Cards take a part of Markdown: links and emphasis. */
const escapeMarkdown = (text: string): string => text.replace(/[\\*_[\]`~#]/g, '\\$&');

/** Connectors answer 200 and say in the text that Teams refused. */
function withStatedFailure(answer: PeerAnswer): PeerAnswer {
  const stated = /failed with error:.*?HTTP error (\d{3})/is.exec(answer.text)?.[1];
  return stated === undefined ? answer : { ...answer, status: Number(stated) };
}
