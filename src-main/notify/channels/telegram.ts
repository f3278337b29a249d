/** Telegram by a bot: one message to a chat, in Telegram's HTML. */
import { z } from 'zod';
import { sentences } from '../../contract/text/message.ts';
import type { Channel, Delivery } from '../channel.ts';
import { deliveryWords, notDelivered } from '../delivery-words.ts';
import { hostOf, judgeStatus, type PeerAnswer, postJson } from '../post-json.ts';
import { type ChatText, chatText } from '../texts/chat-text.ts';

/** Counted without the markup. */
const maxText = 4_096;

const optionsSchema = z.object({
  token: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'a bot token, digits:letters')
    .meta({
      label: { en: 'Token of the bot', de: 'Token des Bots' },
      help: { en: 'From @BotFather.', de: 'Von @BotFather.' },
      secret: true,
    }),
  chat: z
    .string()
    .regex(/^(-?\d+|@\w{4,})$/, 'a number or @name')
    .meta({
      label: { en: 'Chat', de: 'Chat' },
      help: {
        en: 'Number of the chat, or @name of a channel. The bot must be in it.',
        de: 'Nummer des Chats oder @Name eines Kanals. Der Bot muss darin sein.',
      },
      placeholder: '-1001234567890',
    }),
  topic: z
    .string()
    .regex(/^\d*$/, 'a number')
    .default('')
    .meta({ label: { en: 'Topic of the group', de: 'Thema der Gruppe' }, advanced: true }),
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://api.telegram.org')
    .meta({ label: { en: 'Server of the bot API', de: 'Server der Bot-API' }, advanced: true }),
});

const failures = sentences('delivery.telegram', {
  'no-chat': {
    en: 'The bot does not find this chat. Add the bot to it and write it a message.',
    de: 'Der Bot findet diesen Chat nicht. Fügen Sie ihn dort hinzu und schreiben Sie ihm eine Nachricht.',
  },
  'bot-not-in-chat': {
    en: 'The bot may not write in this chat: it was removed or blocked.',
    de: 'Der Bot darf in diesen Chat nicht schreiben: Er wurde entfernt oder blockiert.',
  },
  'wrong-token': {
    en: 'Telegram does not know this bot. Copy its token from @BotFather again.',
    de: 'Telegram kennt diesen Bot nicht. Kopieren Sie sein Token noch einmal von @BotFather.',
  },
});

export const telegramChannel: Channel<z.infer<typeof optionsSchema>> = {
  kind: 'telegram',
  title: { en: 'Telegram', de: 'Telegram' },
  help: { en: 'A message from a bot of yours.', de: 'Eine Nachricht von einem Bot, der Ihnen gehört.' },
  failures,
  options: optionsSchema,
  async send(notification, { options }, context) {
    const text = chatText(notification, context);
    if (plainLength(text) > maxText)
      return notDelivered('refused', deliveryWords['too-large'], { peer: 'Telegram', status: `${maxText}` });
    const body = {
      chat_id: options.chat,
      ...(options.topic !== '' && { message_thread_id: Number(options.topic) }),
      text: html(text),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    };
    const address = `${options.url.replace(/\/+$/, '')}/bot${options.token}/sendMessage`;
    const sent = await postJson(address, JSON.stringify(body), {}, context);
    if ('failure' in sent) return sent.failure;
    return explain(sent.answer) ?? judgeStatus(sent.answer, hostOf(options.url));
  },
};

const lines = ({ title, paragraphs }: ChatText): string[][] => [
  [title],
  ...paragraphs.map((one) => [one.title ?? '', ...one.lines, one.runbook ?? ''].filter((line) => line !== '')),
];
const plainLength = (text: ChatText): number => lines(text).flat().join('\n\n').length;

const html = (text: ChatText): string =>
  lines(text)
    .filter((paragraph) => paragraph.length > 0)
    .map(([first = '', ...rest]) => [`<b>${escapeHtml(first)}</b>`, ...rest.map(escapeHtml)].join('\n'))
    .join('\n\n');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function explain({ status, text }: PeerAnswer): Delivery | undefined {
  if (/chat not found|CHAT_ID_INVALID/i.test(text)) return notDelivered('refused', failures['no-chat']);
  if (status === 403) return notDelivered('refused', failures['bot-not-in-chat']);
  if (status === 401 || status === 404) return notDelivered('refused', failures['wrong-token']);
  return undefined;
}
