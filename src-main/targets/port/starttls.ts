/**
 * What a protocol wants to hear before it speaks TLS on the same connection. Nothing else is sent, and nobody signs in.
 */
import type { Socket } from 'node:net';
import type { portProtocols } from '../../contract/settings/targets/port.ts';

export type PortProtocol = (typeof portProtocols)[number];

/** A turn: wait for what the peer says until `isWhole`, then refuse it or answer. */
interface Turn {
  readonly isWhole: (said: Buffer) => boolean;
  /** What is said must be so. */
  readonly isRight?: (said: Buffer) => boolean;
  /** After what was said; nothing where the next is TLS. */
  readonly answer?: (said: Buffer) => Buffer;
}

const line = (said: Buffer): boolean => said.includes('\n');
/** The last line of an answer in several: its code is followed by a blank. */
const lastLine = (said: Buffer): boolean => /(^|\n)\d{3}[ \r][^\n]*\n$/.test(said.toString('latin1'));
const starts = (beginning: string) => (said: Buffer) => said.toString('latin1').startsWith(beginning);
const send = (text: string) => () => Buffer.from(text, 'latin1');
const code = (number: string) => (said: Buffer) => new RegExp(`(^|\\n)${number} `).test(said.toString('latin1'));

const postgresRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
/** ExtendedRequest with the object id of StartTLS (RFC 4511, 4.14). */
const ldapRequest = Buffer.concat([
  Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]),
  Buffer.from('1.3.6.1.4.1.1466.20037', 'latin1'),
]);

/** In order; the first entry waits for a greeting where the protocol has one. */
const turns: Readonly<Record<Exclude<PortProtocol, 'tcp' | 'tls'>, readonly Turn[]>> = {
  smtp: [
    { isWhole: lastLine, isRight: code('220'), answer: send('EHLO hakgal-monitor.invalid\r\n') },
    { isWhole: lastLine, isRight: code('250'), answer: send('STARTTLS\r\n') },
    { isWhole: lastLine, isRight: code('220') },
  ],
  imap: [
    { isWhole: line, isRight: starts('* '), answer: send('a1 STARTTLS\r\n') },
    {
      isWhole: (said) => /(^|\n)a1 [^\n]*\n/.test(said.toString('latin1')),
      isRight: (said) => /(^|\n)a1 OK/i.test(said.toString('latin1')),
    },
  ],
  pop3: [
    { isWhole: line, isRight: starts('+OK'), answer: send('STLS\r\n') },
    { isWhole: line, isRight: starts('+OK') },
  ],
  ftp: [
    { isWhole: lastLine, isRight: code('220'), answer: send('AUTH TLS\r\n') },
    { isWhole: lastLine, isRight: code('234') },
  ],
  ldap: [
    { isWhole: () => true, answer: () => ldapRequest },
    // The result of an ExtendedResponse: an enumeration of one byte, 0 for success.
    { isWhole: (said) => said.length >= 10, isRight: (said) => said.includes(Buffer.from([0x0a, 0x01, 0x00])) },
  ],
  postgres: [
    { isWhole: () => true, answer: () => postgresRequest },
    { isWhole: (said) => said.length >= 1, isRight: starts('S') },
  ],
  mysql: [
    {
      isWhole: (said) => said.length >= 4 && said.length >= 4 + said.readUIntLE(0, 3),
      isRight: mysqlOffersTls,
      // SSLRequest: capabilities (protocol 4.1, SSL, secure connection), largest packet, UTF-8, 23 zeros.
      answer: () =>
        Buffer.concat([Buffer.from([32, 0, 0, 1, 0x00, 0x8a, 0x00, 0x00, 0, 0, 0, 1, 45]), Buffer.alloc(23)]),
    },
  ],
};

function mysqlOffersTls(said: Buffer): boolean {
  const nul = said.indexOf(0, 5);
  // Behind version, thread id, 8 bytes of salt and a zero come the lower two bytes of the capabilities.
  return said[4] === 10 && nul > 0 && said.length >= nul + 16 && (said.readUInt16LE(nul + 14) & 0x0800) !== 0;
}

/** Rejects with `NO_TLS` and what the peer said; the connection is then of no use. The caller limits the time. */
export async function requestTls(socket: Socket, protocol: keyof typeof turns): Promise<void> {
  for (const [index, { isWhole, isRight, answer }] of turns[protocol].entries()) {
    const waits = index > 0 || !['ldap', 'postgres'].includes(protocol);
    const said = waits ? await listen(socket, isWhole) : Buffer.alloc(0);
    if (isRight?.(said) === false) {
      const text = said
        .toString('latin1')
        .replace(/[^\x20-\x7e]+/g, ' ')
        .trim()
        .slice(0, 100);
      throw Object.assign(new Error(text === '' ? 'it declines' : text), { code: 'NO_TLS' });
    }
    if (answer !== undefined) socket.write(answer(said));
  }
}

const maxSaid = 16_384;

function listen(socket: Socket, isWhole: (said: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let said = Buffer.alloc(0);
    const end = (): void => {
      socket.off('data', take);
      socket.off('error', fail);
      socket.off('close', closed);
      socket.pause();
    };
    const take = (chunk: Buffer): void => {
      said = Buffer.concat([said, chunk]);
      if (!isWhole(said) && said.length < maxSaid) return;
      end();
      resolve(said);
    };
    const fail = (error: Error): void => {
      end();
      reject(error);
    };
    const closed = (): void => fail(Object.assign(new Error('It closed the connection'), { code: 'ECONNRESET' }));
    socket.on('data', take);
    socket.once('error', fail);
    socket.once('close', closed);
    socket.resume();
  });
}
