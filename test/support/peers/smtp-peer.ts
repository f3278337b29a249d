/** A mail server on loopback, with TLS and login as wanted, that keeps the mails it gets. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface SmtpPeer {
  readonly port: number;
  readonly mails: {
    readonly to: readonly string[];
    readonly raw: string;
    readonly user: string | undefined;
    readonly isSecure: boolean;
  }[];
}

export async function startSmtpPeer(options: SMTPServerOptions = {}): Promise<SmtpPeer> {
  const mails: SmtpPeer['mails'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.secure === true || options.key !== undefined ? [] : ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          user: session.user as string | undefined,
          isSecure: session.secure,
        });
        done();
      });
    },
    onAuth(auth, _session, done) {
      if (auth.username === 'ada' && auth.password === 'right-password') done(null, { user: 'ada' });
      else done(new Error('Invalid username or password'));
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails };
}
