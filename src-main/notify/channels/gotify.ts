/** Gotify: a message of one application, to a server of one's own. */
import { z } from 'zod';
import { webAccessFields } from '../../contract/settings/web-access.ts';
import type { Channel } from '../channel.ts';
import { hostOf, judgeStatus, postJson } from '../post-json.ts';
import { chatText, gravity, plainText } from '../texts/chat-text.ts';

const optionsSchema = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .meta({ label: { en: 'Server', de: 'Server' }, placeholder: 'https://gotify.example.org' }),
  token: z
    .string()
    .min(1)
    .meta({
      label: { en: 'Token of the application', de: 'Token der Anwendung' },
      help: { en: 'In Gotify under Apps.', de: 'In Gotify unter „Apps“.' },
      secret: true,
    }),
  authority: webAccessFields.authority,
  acceptedCertificate: webAccessFields.acceptedCertificate,
});

export const gotifyChannel: Channel<z.infer<typeof optionsSchema>> = {
  kind: 'gotify',
  title: { en: 'Gotify', de: 'Gotify' },
  help: { en: 'A push message through your Gotify server.', de: 'Eine Push-Nachricht über Ihren Gotify-Server.' },
  options: optionsSchema,
  async send(notification, { options }, context) {
    const text = chatText(notification, context);
    const body = {
      title: text.title,
      message: plainText(text) || text.title,
      // Above 7 a phone rings.
      priority: [1, 3, 6, 9][gravity(text)],
      extras: {
        'client::display': { contentType: 'text/plain' },
        ...(context.dashboard !== undefined && { 'client::notification': { click: { url: context.dashboard } } }),
      },
    };
    const address = `${options.url.replace(/\/+$/, '')}/message`;
    const sent = await postJson(address, JSON.stringify(body), { 'x-gotify-key': options.token }, context, options);
    return 'failure' in sent ? sent.failure : judgeStatus(sent.answer, hostOf(options.url));
  },
};
