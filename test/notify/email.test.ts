import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { alertOf, notificationOf, senderOf } from '../support/notification-story.ts';
import { makeCertificate } from '../support/peers/certificate.ts';
import { startSmtpPeer } from '../support/peers/smtp-peer.ts';

const to = 'grace@example.org\nlinus@example.org';
/** Header of a mail, unfolded. */
const header = (raw: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im')
    .exec(raw.slice(0, raw.indexOf('\r\n\r\n')))?.[1]
    ?.replace(/\r?\n[ \t]+/g, ' ');

describe('the email channel', () => {
  it('delivers over STARTTLS with a login, as text and HTML', async () => {
    const { key, cert } = makeCertificate();
    const peer = await startSmtpPeer({ key, cert, authOptional: false });
    const { send } = senderOf(
      'email',
      {
        host: 'localhost',
        port: peer.port,
        security: 'starttls',
        user: 'ada',
        from: 'monitor@example.org',
        to,
        certificate: cert,
      },
      { password: 'right-password' },
    );
    expect(await send(notificationOf())).toEqual({ kind: 'delivered' });
    const [mail] = peer.mails;
    expect(mail).toMatchObject({ to: ['grace@example.org', 'linus@example.org'], user: 'ada', isSecure: true });
    expect(header(mail?.raw ?? '', 'Subject')).toBe('Critical: CPU is at its limit on workshop');
    expect(mail?.raw).toContain('text/plain');
    expect(mail?.raw).toContain('clang <x&y> 181.5 %');
    expect(mail?.raw).toContain('clang &lt;x&amp;y&gt;');
    expect(header(mail?.raw ?? '', 'Auto-Submitted')).toBe('auto-generated');
  });

  it('delivers over TLS from the start', async () => {
    const { key, cert } = makeCertificate();
    const peer = await startSmtpPeer({ key, cert, secure: true });
    const { send } = senderOf('email', { host: 'localhost', port: peer.port, security: 'tls', to, certificate: cert });
    expect(await send(notificationOf())).toEqual({ kind: 'delivered' });
    expect(peer.mails[0]?.isSecure).toBe(true);
  });

  it('puts firing, reminder and resolved of one alert into one thread, and repeats into the same mail', async () => {
    const peer = await startSmtpPeer();
    const { send } = senderOf('email', { host: '127.0.0.1', port: peer.port, security: 'none', to });
    for (const kind of ['fired', 'fired', 'reminder', 'resolved'] as const) await send(notificationOf(kind));
    const [fired, repeated, reminder, resolved] = peer.mails.map(({ raw }) => raw) as [string, string, string, string];
    const root = header(fired, 'Message-ID');
    expect(header(repeated, 'Message-ID')).toBe(root);
    for (const raw of [reminder, resolved]) {
      expect(header(raw, 'References')).toBe(root);
      expect(header(raw, 'In-Reply-To')).toBe(root);
      expect(header(raw, 'Subject')).toBe(`Re: ${header(fired, 'Subject')}`);
    }
    expect(resolved).toContain('Resolved: CPU is at its limit');
    expect(resolved).toContain('lasted 1 min 30 s');
  });

  it('lets no label become a header', async () => {
    const peer = await startSmtpPeer();
    const { send } = senderOf('email', { host: '127.0.0.1', port: peer.port, security: 'none', to });
    await send(notificationOf('fired', [alertOf({ labels: { disk: 'a\r\nBcc: eve@example.org\r\n\r\nhello' } })]));
    expect(peer.mails[0]?.to).toEqual(['grace@example.org', 'linus@example.org']);
    expect(header(peer.mails[0]?.raw ?? '', 'Bcc')).toBeUndefined();
  });

  it('writes German where the user reads German', async () => {
    const peer = await startSmtpPeer();
    const options = { host: '127.0.0.1', port: peer.port, security: 'none', to };
    await senderOf('email', options, {}, { language: 'de' }).send(notificationOf());
    expect(peer.mails[0]?.raw).toContain('CPU ist an ihrer Grenze');
  });

  it('says that user name or password is wrong, without repeating it', async () => {
    const peer = await startSmtpPeer({ authOptional: false, allowInsecureAuth: true });
    const { send } = senderOf(
      'email',
      { host: '127.0.0.1', port: peer.port, security: 'none', user: 'ada', to },
      { password: 'wrong-password' },
    );
    const delivery = await send(notificationOf());
    expect(delivery).toMatchObject({ kind: 'refused', reason: 'login-refused' });
    expect(JSON.stringify(delivery)).not.toContain('wrong-password');
  });

  it('never falls back to clear text where encryption was asked for', async () => {
    const peer = await startSmtpPeer();
    const { send } = senderOf('email', { host: '127.0.0.1', port: peer.port, security: 'starttls', to });
    expect(await send(notificationOf())).toMatchObject({ kind: 'refused', reason: 'no-starttls' });
    expect(peer.mails).toEqual([]);
  });

  it('does not trust a certificate that nobody vouches for', async () => {
    const { key, cert } = makeCertificate();
    const peer = await startSmtpPeer({ key, cert });
    const { send } = senderOf('email', { host: 'localhost', port: peer.port, security: 'starttls', to });
    expect(await send(notificationOf())).toMatchObject({ kind: 'refused', reason: 'certificate-unknown' });
  });

  it('does not trust a certificate for another name', async () => {
    const { key, cert } = makeCertificate('elsewhere.example');
    const peer = await startSmtpPeer({ key, cert, secure: true });
    const { send } = senderOf('email', { host: 'localhost', port: peer.port, security: 'tls', to, certificate: cert });
    expect(await send(notificationOf())).toMatchObject({ kind: 'refused', reason: 'certificate-name' });
  });

  it('recognises TLS spoken to a port that wants STARTTLS', async () => {
    const peer = await startSmtpPeer();
    const { send } = senderOf('email', { host: '127.0.0.1', port: peer.port, security: 'tls', to });
    expect(await send(notificationOf())).toMatchObject({ kind: 'refused', reason: 'encryption-mismatch' });
  });

  it('gives a refused recipient up and tries a full mailbox again', async () => {
    const refusing = (responseCode: number) =>
      startSmtpPeer({
        onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no room'), { responseCode })),
      });
    for (const [code, kind] of [
      [550, 'refused'],
      [452, 'retry'],
    ] as const) {
      const peer = await refusing(code);
      const { send } = senderOf('email', { host: '127.0.0.1', port: peer.port, security: 'none', to });
      expect(await send(notificationOf())).toMatchObject({ kind });
    }
  });

  it('tries again after a server that drops the connection, and one that is not there', async () => {
    const dropping = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => dropping.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void dropping.close());
    const { port } = dropping.address() as AddressInfo;
    const dropped = await senderOf('email', { host: '127.0.0.1', port, security: 'none', to }).send(notificationOf());
    expect(dropped).toMatchObject({ kind: 'retry', reason: 'connection-lost' });
    await new Promise((resolve) => dropping.close(resolve));
    const gone = await senderOf('email', { host: '127.0.0.1', port, security: 'none', to }).send(notificationOf());
    expect(gone).toMatchObject({ kind: 'retry', reason: 'connection-refused' });
  });

  it('waits for a server that is slow with each answer', async () => {
    const later = (done: () => void) => void setTimeout(done, 150);
    const peer = await startSmtpPeer({
      onConnect: (_session, done) => later(done),
      onMailFrom: (_address, _session, done) => later(done),
      onRcptTo: (_address, _session, done) => later(done),
    });
    const { send } = senderOf('email', { host: '127.0.0.1', port: peer.port, security: 'none', to });
    expect(await send(notificationOf())).toEqual({ kind: 'delivered' });
    expect(peer.mails).toHaveLength(1);
  });

  it('tries again after a server that drops the connection in the middle of the mail', async () => {
    const dropping = createServer((socket) => {
      let isMail = false;
      socket.on('error', () => {});
      socket.write('220 localhost\r\n');
      socket.on('data', (line) => {
        if (isMail) socket.destroy();
        else socket.write(/^DATA/i.test(line.toString()) ? '354 go on\r\n' : '250 ok\r\n');
        isMail ||= /^DATA/i.test(line.toString());
      });
    });
    await new Promise<void>((resolve) => dropping.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void dropping.close());
    const { port } = dropping.address() as AddressInfo;
    const { send } = senderOf('email', { host: '127.0.0.1', port, security: 'none', to });
    expect(await send(notificationOf())).toMatchObject({ kind: 'retry', reason: 'connection-lost' });
  });

  it('does not wait for ever for a server that says nothing', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const clock = new FakeClock();
    const { port } = silent.address() as AddressInfo;
    const { send } = senderOf('email', { host: '127.0.0.1', port, security: 'none', to }, {}, { clock });
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    const sending = send(notificationOf());
    await connected;
    await clock.advance(20_000);
    expect(await sending).toMatchObject({ kind: 'retry', reason: 'timed-out' });
  });
});
