/**
 * Discord by a webhook: an embed for each alert, within Discord's limits, and nobody is mentioned by what a name holds.
 */
import { z } from 'zod';
import type { Channel } from '../channel.ts';
import { deliveryWords, notDelivered } from '../delivery-words.ts';
import { judgeStatus, postJson } from '../post-json.ts';
import { type ChatParagraph, chatText } from '../texts/chat-text.ts';

/** Of one message: 10 embeds, 256 characters in a title, 4,096 in a description, 6,000 in all embeds together. */
const maxEmbeds = 10;
const maxTitle = 256;
const maxDescription = 4_096;
const maxTogether = 6_000;

const optionsSchema = z.object({
  url: z
    .string()
    .min(1)
    .meta({
      label: { en: 'Webhook address', de: 'Webhook-Adresse' },
      help: {
        en: "From the channel's settings under Integrations. Whoever has it can post: it is kept like a password.",
        de: 'Aus den Einstellungen des Kanals unter „Integrationen“. Wer sie hat, kann schreiben: Sie wird wie ein Passwort aufbewahrt.',
      },
      placeholder: 'https://discord.com/api/webhooks/…',
      secret: true,
    }),
});

const colours = { critical: 0xc2255c, warning: 0xb35c00, info: 0x1c6dd0, resolved: 0x1f7a3d } as const;

export const discordChannel: Channel<z.infer<typeof optionsSchema>> = {
  kind: 'discord',
  title: { en: 'Discord', de: 'Discord' },
  help: {
    en: 'A message through a webhook of your server.',
    de: 'Eine Nachricht über einen Webhook Ihres Servers.',
  },
  options: optionsSchema,
  maxItems: maxEmbeds,
  async send(notification, { options }, context) {
    const { title, paragraphs } = chatText(notification, context);
    const embeds = paragraphs.map((one) => embed(one, title));
    const together = embeds.reduce((sum, one) => sum + one.title.length + one.description.length, 0);
    if (together > maxTogether || embeds.some(({ description }) => description.length > maxDescription))
      return notDelivered('refused', deliveryWords['too-large'], { peer: 'Discord', status: `${maxTogether}` });
    const body = {
      // With several, the title says how many; one alone says it in its embed.
      ...(embeds.length > 1 && { content: escapeMarkdown(title).slice(0, 2_000) }),
      embeds,
      allowed_mentions: { parse: [] },
    };
    const sent = await postJson(options.url, JSON.stringify(body), {}, context);
    return 'failure' in sent ? sent.failure : judgeStatus(sent.answer, 'Discord');
  },
};

function embed({ title, lines, runbook, mood }: ChatParagraph, whole: string) {
  const text = [...lines.map(escapeMarkdown), ...(runbook === undefined ? [] : [runbook])].join('\n');
  return { title: cut(escapeMarkdown(title ?? whole), maxTitle), description: text, color: colours[mood] };
}

const escapeMarkdown = (text: string): string => text.replace(/[\\*_~`|>#[\]()<@-]/g, '\\$&');
const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/\\$/, '')}…`;
