/** ntfy, its own server or ntfy.sh: one message to a topic, as JSON. */
import { z } from 'zod';
import { webAccessFields } from '../../contract/settings/web-access.ts';
import type { Channel } from '../channel.ts';
import { deliveryWords, notDelivered } from '../delivery-words.ts';
import { hostOf, judgeStatus, postJson } from '../post-json.ts';
import { chatText, gravity, plainText } from '../texts/chat-text.ts';

/** A longer message is made an attachment by the server, which phones do not show. */
const maxMessageBytes = 4_000;

const optionsSchema = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://ntfy.sh')
    .meta({ label: { en: 'Server', de: 'Server' }, placeholder: 'https://ntfy.sh' }),
  topic: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'letters, digits, - and _')
    .meta({
      label: { en: 'Topic', de: 'Topic' },
      help: {
        en: 'Whoever knows the topic of an open server can read it: choose one that nobody guesses.',
        de: 'Wer das Topic eines offenen Servers kennt, kann mitlesen: Wählen Sie eines, das niemand errät.',
      },
    }),
  token: z
    .string()
    .optional()
    .meta({ label: { en: 'Access token', de: 'Zugangstoken' }, secret: true }),
  authority: webAccessFields.authority,
  acceptedCertificate: webAccessFields.acceptedCertificate,
});

export const ntfyChannel: Channel<z.infer<typeof optionsSchema>> = {
  kind: 'ntfy',
  title: { en: 'ntfy', de: 'ntfy' },
  help: { en: 'A push message through ntfy.', de: 'Eine Push-Nachricht über ntfy.' },
  options: optionsSchema,
  async send(notification, { options }, context) {
    const text = chatText(notification, context);
    const message = plainText(text) || text.title;
    if (Buffer.byteLength(message) > maxMessageBytes)
      return notDelivered('refused', deliveryWords['too-large'], { peer: hostOf(options.url), status: '4,096 bytes' });
    const grave = gravity(text);
    const body = {
      topic: options.topic,
      title: text.title.slice(0, 250),
      message,
      // From 1 for an end, which makes no sound, to 5, which rings through "do not disturb".
      priority: [2, 3, 4, 5][grave],
      tags: [['white_check_mark'], ['information_source'], ['warning'], ['rotating_light']][grave],
      ...(context.dashboard !== undefined && { click: context.dashboard }),
    };
    const headers: Record<string, string> =
      options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
    const sent = await postJson(options.url, JSON.stringify(body), headers, context, options);
    return 'failure' in sent ? sent.failure : judgeStatus(sent.answer, hostOf(options.url));
  },
};
