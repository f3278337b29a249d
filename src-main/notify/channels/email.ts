/**
 * Mail by SMTP. One thread an alert: its end is an answer to its beginning. At least once: a server takes a repeat again, but the
 * repeat carries the same `Message-ID`, by which mailboxes and mail programs may drop it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Channel, Delivery, Notice } from '../channel.ts';
import { mailBody } from '../email-body.ts';
import { explainFailure } from '../explain-failure.ts';

const address = z.email();
const optionsSchema = z.object({
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65_535).default(587),
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  user: z.string().default(''),
  from: z.string().default(''),
  to: z
    .string()
    .refine((text) => recipients(text).length > 0, 'at least one recipient')
    .refine((text) => recipients(text).every((one) => address.safeParse(one).success), 'one address a line'),
  certificate: z.string().max(20_000).default(''),
});
type Options = z.infer<typeof optionsSchema>;

export const emailChannel: Channel<Options> = {
  kind: 'email',
  title: 'Email',
  help: 'A mail through your own mail server or provider.',
  fields: [
    { name: 'host', title: 'Mail server', type: 'text', isRequired: true, placeholder: 'smtp.example.org' },
    { name: 'port', title: 'Port', type: 'number', default: 587, help: '587 with STARTTLS, 465 with TLS.' },
    {
      name: 'security',
      title: 'Encryption',
      type: 'select',
      default: 'starttls',
      choices: [
        { value: 'starttls', title: 'STARTTLS' },
        { value: 'tls', title: 'TLS' },
        { value: 'none', title: 'None (local server only)' },
      ],
    },
    { name: 'user', title: 'User name', type: 'text' },
    { name: 'password', title: 'Password', type: 'secret', help: 'Many providers want an app password here.' },
    { name: 'from', title: 'Sender', type: 'text', placeholder: 'monitor@example.org' },
    { name: 'to', title: 'Recipients', type: 'lines', isRequired: true, help: 'One address a line.' },
    {
      name: 'certificate',
      title: "Authority's certificate",
      type: 'lines',
      help: 'PEM, for a server of your own with its own authority.',
    },
  ],
  options: optionsSchema,
  async send(notice, { options, secrets }, context) {
    const { host, port, security, user, certificate } = options;
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      // Never falls back to clear text where encryption was asked for.
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user !== '' && { auth: { user, pass: secrets.password ?? '' } }),
      ...(certificate !== '' && { tls: { ca: certificate } }),
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 15_000,
    });
    const stop = (): void => transport.close();
    context.signal.addEventListener('abort', stop, { once: true });
    try {
      const sender =
        options.from !== '' ? options.from : address.safeParse(user).success ? user : `hakgal-monitor@${host}`;
      const info = await transport.sendMail({
        from: { name: 'HAKGAL Monitor', address: sender },
        to: recipients(options.to),
        ...mailBody(notice, context),
        ...threading(notice, context.machine),
      });
      const refused = info.rejected.map(String);
      return refused.length === 0
        ? { kind: 'delivered' }
        : {
            kind: 'delivered',
            message: `Delivered, but the server refused ${refused.join(', ')}.`,
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

/** Ids that stay the same over attempts, so that a mail program can drop a repeat, and that tie an alert's mails together. */
function threading(notice: Notice, machine: string) {
  const id = (text: string): string =>
    `<${createHash('sha256').update(`${machine}\u0000${text}`).digest('hex').slice(0, 32)}@hakgal-monitor.invalid>`;
  const threads = [...new Set(notice.items.map(({ alert }) => id(alert.id)))];
  const begins = notice.items.length === 1 && notice.items[0]?.kind === 'fired';
  const urgent = notice.items.some(({ kind, alert }) => kind !== 'resolved' && alert.severity === 'critical');
  return {
    // The first mail of an alert carries the id that later ones refer to.
    messageId: begins ? (threads[0] as string) : id(notice.id),
    ...(!begins && threads.length > 0 && { inReplyTo: threads[0] as string, references: threads }),
    ...(urgent && { priority: 'high' as const }),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Hakgal-Notice': notice.id },
  };
}

function explainMailFailure(error: unknown, peer: string): Delivery {
  const { code, responseCode, response } = error as { code?: string; responseCode?: number; response?: string };
  const said = response === undefined ? '' : ` It says: ${response.slice(0, 200)}`;
  const detail = response === undefined ? {} : { detail: response.slice(0, 200) };
  if (code === 'EAUTH')
    return {
      kind: 'refused',
      reason: 'login-refused',
      message: `${peer} refuses user name or password. Providers with two-step login want an app password.${said}`,
      ...detail,
    };
  if (code === 'ETLS')
    return {
      kind: 'refused',
      reason: 'no-starttls',
      message: `${peer} offers no STARTTLS. Choose TLS (usually port 465), or another server; nothing is sent in clear text.`,
    };
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    // 4xx of SMTP means "not now" (greylisting, a full mailbox), 5xx "never".
    const isLater = responseCode !== undefined && responseCode >= 400 && responseCode < 500;
    return {
      kind: isLater ? 'retry' : 'refused',
      reason: isLater ? 'not-now' : 'mail-refused',
      message: `${peer} ${isLater ? 'does not take the mail at the moment' : 'refuses the mail: check sender and recipients'}.${said}`,
      ...detail,
    };
  }
  if (responseCode !== undefined && responseCode >= 400)
    return {
      kind: responseCode < 500 ? 'retry' : 'refused',
      reason: responseCode < 500 ? 'not-now' : 'mail-refused',
      message: `${peer} does not take the mail (${responseCode}).${said}`,
      ...detail,
    };
  return explainFailure(error, peer);
}

function recipients(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
