import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import * as zlib from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { openTarget } from '../support/target.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}
const serve = (listener: RequestListener): Promise<string> => listen(createServer(listener));
/** A peer that says exactly this and then what `after` does. */
const says = (text: string, after: (socket: Socket) => void = () => {}): Promise<string> =>
  listen(
    createTcpServer((socket) => {
      socket.once('data', () => {
        socket.write(text);
        after(socket);
      });
    }),
  );
const lookOnce = async (settings: object) => {
  await using target = openTarget({ kind: 'http', timeoutSeconds: 0.4, ...settings });
  return (await target.look()).finding;
};

describe('a web address whose peer misbehaves', () => {
  it('never keeps a look from ending: 101, early hints without end, a head or a body that stops', async () => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await lookOnce({ url: await says(upgrade) })).toMatchObject({ state: 'wrong', kind: 'status' });
    const bare = await says('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    expect((await lookOnce({ url: bare })).state).not.toBe('up');
    const hints = await says('', (socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), 10);
      socket.on('close', () => clearInterval(timer));
    });
    const halfHead = await says('HTTP/1.1 200 OK\r\nContent-Le');
    const halfBody = await says('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
    for (const url of [hints, halfHead, halfBody])
      expect(await lookOnce({ url })).toMatchObject({ state: 'down', kind: 'timed-out' });
    const closes = await says('', (socket) => socket.end());
    const resets = await says('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nha', (socket) => socket.resetAndDestroy());
    for (const url of [closes, resets]) expect((await lookOnce({ url })).state).toBe('down');
  });

  it('is up again at the next look once the peer answers', async () => {
    let answers = false;
    const url = await listen(
      createServer((_, response) => response.end('fine'))
        .on('upgrade', () => {})
        .prependListener('request', (_, response) => {
          if (answers) return;
          response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
        }),
    );
    await using target = openTarget({ kind: 'http', url, timeoutSeconds: 0.4 });
    expect((await target.look()).finding.state).toBe('wrong');
    answers = true;
    expect((await target.look()).finding.state).toBe('up');
  });
});

describe('a body that is packed or in another charset', () => {
  const text = 'Überall läuft alles';
  const utf8 = Buffer.from(text);
  const page = async (body: Buffer, headers: Record<string, string>) =>
    lookOnce({ url: await serve((_, response) => response.writeHead(200, headers).end(body)), bodyContains: text });

  it('is found by its keyword in every encoding, however its name is written', async () => {
    const packed: [string, Buffer][] = [
      ['gzip', zlib.gzipSync(utf8)],
      ['GZip', zlib.gzipSync(utf8)],
      ['x-gzip', zlib.gzipSync(utf8)],
      ['deflate', zlib.deflateSync(utf8)],
      ['deflate', zlib.deflateRawSync(utf8)],
      ['BR', zlib.brotliCompressSync(utf8)],
      ['deflate, gzip', zlib.gzipSync(zlib.deflateSync(utf8))],
      ['identity', utf8],
    ];
    const { zstdCompressSync } = zlib as { zstdCompressSync?: (body: Buffer) => Buffer };
    if (zstdCompressSync !== undefined) packed.push(['zstd', zstdCompressSync(utf8)]);
    for (const [encoding, body] of packed)
      expect([encoding, (await page(body, { 'content-encoding': encoding })).state]).toEqual([encoding, 'up']);
  });

  it('is read in the charset of its head, its mark or the page itself', async () => {
    const latin = Buffer.from(text, 'latin1');
    expect((await page(latin, { 'content-type': 'text/html; charset=ISO-8859-1' })).state).toBe('up');
    expect((await page(latin, { 'content-type': 'text/html; Charset="windows-1252"' })).state).toBe('up');
    const withMeta = Buffer.concat([Buffer.from('<html><meta charset=latin1>'), latin]);
    expect((await page(withMeta, { 'content-type': 'text/html' })).state).toBe('up');
    expect((await page(Buffer.from(`\ufeff${text}`, 'utf16le'), {})).state).toBe('up');
    expect((await page(utf8, { 'content-type': 'text/plain; charset=no-such-thing' })).state).toBe('up');
  });

  it('that is not what its head says is no answer, and one that unpacks without end is cut', async () => {
    expect(await page(utf8, { 'content-encoding': 'gzip' })).toMatchObject({ state: 'down', kind: 'not-http' });
    expect(await page(utf8, { 'content-encoding': 'rot13' })).toMatchObject({ state: 'down', kind: 'not-http' });
    const bomb = zlib.gzipSync(Buffer.concat([utf8, Buffer.alloc(50_000_000)]));
    expect((await page(bomb, { 'content-encoding': 'gzip' })).state).toBe('up');
  });

  it('comes behind a head of 40 KB', async () => {
    expect((await page(utf8, { 'x-long': 'x'.repeat(40_000) })).state).toBe('up');
  });
});
