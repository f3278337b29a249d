/**
 * Mail by SMTP. One thread an alert: its end is an answer to its beginning. At least once: a server takes a repeat
 * again, but the repeat carries the same `Message-ID`, by which mailboxes and mail programs may drop it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { say, sentences } from '../../contract/text/message.ts';
import type { Channel, Delivery, Notification } from '../channel.ts';
import { notDelivered } from '../delivery-words.ts';
import { mailBody } from '../email-body.ts';
import { explainFailure } from '../explain-failure.ts';
import { isMailAddress } from '../mail-address.ts';

const optionsSchema = z.object({
  host: z
    .string()
    .min(1)
    .max(253)
    .meta({ label: { en: 'Mail server', de: 'Mailserver' }, placeholder: 'smtp.example.org' }),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(587)
    .meta({
      label: { en: 'Port', de: 'Port' },
      help: { en: '587 with STARTTLS, 465 with TLS.', de: '587 mit STARTTLS, 465 mit TLS.' },
    }),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .meta({
      label: { en: 'Encryption', de: 'Verschlüsselung' },
      choices: {
        starttls: { en: 'STARTTLS', de: 'STARTTLS' },
        tls: { en: 'TLS', de: 'TLS' },
        none: { en: 'None (local server only)', de: 'Keine (nur lokaler Server)' },
      },
    }),
  user: z
    .string()
    .default('')
    .meta({ label: { en: 'User name', de: 'Benutzername' } }),
  password: z
    .string()
    .optional()
    .meta({
      label: { en: 'Password', de: 'Passwort' },
      help: { en: 'Many providers want an app password here.', de: 'Viele Anbieter verlangen hier ein App-Passwort.' },
      secret: true,
    }),
  from: z
    .string()
    .default('')
    .meta({ label: { en: 'Sender', de: 'Absender' }, placeholder: 'monitor@example.org' }),
  to: z
    .string()
    .refine((text) => recipients(text).length > 0, 'at least one recipient')
    .refine((text) => recipients(text).every((one) => isMailAddress(one)), 'one address a line')
    .meta({
      label: { en: 'Recipients', de: 'Empfänger' },
      help: { en: 'One address a line.', de: 'Eine Adresse je Zeile.' },
      multiline: true,
    }),
  certificate: z
    .string()
    .max(20_000)
    .default('')
    .meta({
      label: { en: "Authority's certificate", de: 'Zertifikat der Zertifizierungsstelle' },
      help: {
        en: 'PEM, for a server of your own with its own authority.',
        de: 'PEM, für einen eigenen Server mit eigener Zertifizierungsstelle.',
      },
      multiline: true,
    }),
});
type Options = z.infer<typeof optionsSchema>;

const failures = sentences('delivery.email', {
  'login-refused': {
    en: '{peer} refuses user name or password. Providers with two-step login want an app password.',
    de: '{peer} lehnt Benutzer oder Passwort ab. Anbieter mit zweistufiger Anmeldung wollen ein App-Passwort.',
  },
  'no-starttls': {
    en: '{peer} offers no STARTTLS. Choose TLS (usually port 465), or another server; nothing is sent in clear text.',
    de: '{peer} bietet kein STARTTLS. Wählen Sie TLS (meist Port 465) oder einen anderen Server; unverschlüsselt wird nichts gesendet.',
  },
  'not-now': {
    en: '{peer} does not take the mail at the moment.',
    de: '{peer} nimmt die Mail zurzeit nicht an.',
  },
  'mail-refused': {
    en: '{peer} refuses the mail. Check sender and recipients.',
    de: '{peer} lehnt die Mail ab. Prüfen Sie Absender und Empfänger.',
  },
  'partly-refused': {
    en: 'Delivered, but the server refused {refused}.',
    de: 'Zugestellt, aber der Server lehnte ab: {refused}.',
  },
});

export const emailChannel: Channel<Options> = {
  kind: 'email',
  title: { en: 'Email', de: 'E-Mail' },
  help: {
    en: 'A mail through your own mail server or provider.',
    de: 'Eine Mail über Ihren eigenen Mailserver oder Anbieter.',
  },
  failures,
  options: optionsSchema,
  async send(notification, { options }, context) {
    const { host, port, security, user, password, certificate } = options;
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      // Never falls back to clear text where encryption was asked for.
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user !== '' && { auth: { user, pass: password ?? '' } }),
      ...(certificate !== '' && { tls: { ca: certificate } }),
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 15_000,
    });
    const stop = (): void => transport.close();
    context.signal.addEventListener('abort', stop, { once: true });
    try {
      const sender = options.from !== '' ? options.from : isMailAddress(user) ? user : `hakgal-monitor@${host}`;
      const info = await transport.sendMail({
        from: { name: 'HAKGAL Monitor', address: sender },
        to: recipients(options.to),
        ...mailBody(notification, context),
        ...threading(notification, context.machine),
      });
      const refused = info.rejected.map(String);
      return refused.length === 0
        ? { kind: 'delivered' }
        : {
            kind: 'delivered',
            ...say(failures['partly-refused'], { refused: refused.join(', ') }),
            detail: refused.join(', '),
          };
    } catch (error) {
      return explainMailFailure(error, `${host}:${port}`);
    } finally {
      context.signal.removeEventListener('abort', stop);
      transport.close();
    }
  },
};

/**
 * Ids that stay the same over attempts, so that a mail program can drop a repeat, and that tie an alert's mails
 * together.
 */
function threading(notification: Notification, machine: string) {
  const id = (text: string): string =>
    `<${createHash('sha256').update(`${machine}\u0000${text}`).digest('hex').slice(0, 32)}@hakgal-monitor.invalid>`;
  const threads = [...new Set(notification.items.map(({ alert }) => id(alert.id)))];
  const begins = notification.items.length === 1 && notification.items[0]?.kind === 'fired';
  const urgent = notification.items.some(({ kind, alert }) => kind !== 'resolved' && alert.severity === 'critical');
  return {
    // The first mail of an alert carries the id that later ones refer to.
    messageId: begins ? (threads[0] as string) : id(notification.id),
    ...(!begins && threads.length > 0 && { inReplyTo: threads[0] as string, references: threads }),
    ...(urgent && { priority: 'high' as const }),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Hakgal-Notification': notification.id },
  };
}

function explainMailFailure(error: unknown, peer: string): Delivery {
  const { code, responseCode, response } = error as { code?: string; responseCode?: number; response?: string };
  const values = { peer, ...(response !== undefined && { detail: response.slice(0, 200) }) };
  if (code === 'EAUTH') return notDelivered('refused', failures['login-refused'], values);
  if (code === 'ETLS') return notDelivered('refused', failures['no-starttls'], { peer });
  // 4xx of SMTP means "not now" (greylisting, a full mailbox), 5xx "never".
  const isLater = responseCode !== undefined && responseCode >= 400 && responseCode < 500;
  if (code === 'EENVELOPE' || code === 'EMESSAGE' || (responseCode !== undefined && responseCode >= 400))
    return isLater
      ? notDelivered('retry', failures['not-now'], values)
      : notDelivered('refused', failures['mail-refused'], values);
  return explainFailure(error, peer);
}

function recipients(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
