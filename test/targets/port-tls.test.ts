import { X509Certificate } from 'node:crypto';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/peers/certificate.ts';
import { openTarget } from '../support/target.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}
let pair: { readonly key: string; readonly cert: string };
beforeEach(() => {
  pair = makeCertificate();
});
const look = async (port: number, settings: object) => {
  await using target = openTarget({ kind: 'port', host: 'localhost', port, timeoutSeconds: 2, ...settings });
  return target.look();
};
const days = 'target_certificate_left_seconds{target="x"}';

/** Says the greeting, then answers each message by the list; after its last answer it speaks TLS. */
const scripted = (greeting: string, answers: readonly (readonly [when: RegExp, say: string])[]) =>
  listen(
    createServer((socket) => {
      if (greeting !== '') socket.write(Buffer.from(greeting, 'latin1'));
      let turn = 0;
      socket.on('data', function take(chunk: Buffer) {
        const [when, say] = answers[turn] ?? [/^$/, ''];
        // Where no answer is due, TLS may come in the same piece.
        const [own, rest] = say === '' ? [chunk.subarray(0, 36), chunk.subarray(36)] : [chunk, Buffer.alloc(0)];
        if (!when.test(own.toString('latin1'))) return void socket.destroy();
        turn += 1;
        if (say !== '') socket.write(Buffer.from(say, 'latin1'));
        if (turn < answers.length) return;
        socket.off('data', take);
        socket.pause();
        if (rest.length > 0) socket.unshift(rest);
        new TLSSocket(socket, { isServer: true, ...pair }).on('error', () => {});
      });
    }),
  );
const mysqlGreeting = (capabilities: number): string => {
  const payload = Buffer.concat([
    Buffer.from([10]),
    Buffer.from('8.0.36\0', 'latin1'),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('saltsalt\0', 'latin1'),
    Buffer.from([capabilities & 0xff, capabilities >> 8]),
    Buffer.alloc(20),
  ]);
  return Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload]).toString('latin1');
};

describe('the certificate of a port', () => {
  it('that speaks TLS at once is looked at, and refused unless its authority or itself is accepted', async () => {
    const port = await listen(createTlsServer(pair));
    const { finding, values } = await look(port, { protocol: 'tls' });
    expect(finding).toMatchObject({ state: 'wrong', kind: 'certificate' });
    expect(values[days]).toBeGreaterThan(86_000);
    expect((await look(port, { protocol: 'tls', authority: pair.cert })).finding).toMatchObject({ state: 'up' });
    const acceptedCertificate = new X509Certificate(pair.cert).fingerprint256;
    expect((await look(port, { protocol: 'tls', acceptedCertificate })).finding).toMatchObject({ state: 'up' });
    expect((await look(port, { protocol: 'tcp' })).values[days]).toBeUndefined();
  });

  it('of a real mail server is looked at after STARTTLS', async () => {
    const server = new SMTPServer({ ...pair, authOptional: true });
    server.on('error', () => {});
    const port = await listen(server.server);
    const { finding, values } = await look(port, { protocol: 'smtp', authority: pair.cert });
    expect(finding).toMatchObject({ state: 'up', kind: 'ok' });
    expect(values[days]).toBeGreaterThan(86_000);
  });

  it.each([
    ['imap', '* OK IMAP4rev1 ready\r\n', [[/^a1 STARTTLS/, 'a1 OK Begin TLS\r\n']]],
    ['pop3', '+OK POP3 ready\r\n', [[/^STLS/, '+OK Begin TLS\r\n']]],
    ['ftp', '220-Welcome\r\n220 ready\r\n', [[/^AUTH TLS/, '234 Proceed\r\n']]],
    ['ldap', '', [[/1\.3\.6\.1\.4\.1\.1466\.20037/, '\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00']]],
    ['postgres', '', [[/\/$/, 'S']]],
    ['mysql', mysqlGreeting(0xffff), [[/^ .{35}$/s, '']]],
  ] as const)('of %s is looked at after its own request', async (protocol, greeting, answers) => {
    const port = await scripted(greeting, answers);
    const { finding, values } = await look(port, { protocol, authority: pair.cert });
    expect(finding).toMatchObject({ state: 'up', kind: 'ok' });
    expect(values[days]).toBeGreaterThan(86_000);
  });

  it.each([
    ['imap', '* OK ready\r\n', [[/STARTTLS/, 'a1 BAD unknown command\r\n']]],
    ['smtp', '554 No service for you\r\n', []],
    ['postgres', '', [[/./s, 'N']]],
    ['mysql', mysqlGreeting(0x0200), []],
    ['tls', 'SSH-2.0-OpenSSH_9.6\r\n', []],
  ] as const)('of %s that offers no TLS is wrong', async (protocol, greeting, answers) => {
    const port = await scripted(greeting, answers);
    expect((await look(port, { protocol })).finding).toMatchObject({ state: 'wrong', kind: 'no-tls' });
  });

  it('never holds a look up: silence, and words without end', async () => {
    const silent = await listen(createServer());
    expect((await look(silent, { protocol: 'imap', timeoutSeconds: 0.3 })).finding.kind).toBe('timed-out');
    const endless = await listen(
      createServer((socket) => {
        const timer = setInterval(() => socket.write('x'.repeat(1_000)), 5);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    expect((await look(endless, { protocol: 'imap', timeoutSeconds: 1 })).finding.state).not.toBe('up');
  });
});
