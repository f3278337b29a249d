import { X509Certificate } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/peers/certificate.ts';
import { openTarget } from '../support/target.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
async function listen(server: Server & { closeAllConnections?: () => void }): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections?.();
  });
  return (server.address() as AddressInfo).port;
}
const serve = async (listener: RequestListener) => `http://127.0.0.1:${await listen(createServer(listener))}`;
const serveTls = async (options: ServerOptions, listener: RequestListener = (_, response) => void response.end('ok')) =>
  `https://localhost:${await listen(createHttpsServer(options, listener))}`;
const look = async (settings: object, secrets: Record<string, string> = {}) => {
  await using target = openTarget({ kind: 'http', ...settings }, { secrets });
  return target.look();
};
const kindOf = async (settings: object, secrets?: Record<string, string>) =>
  (await look(settings, secrets)).finding.kind;

describe('a web address that wants to know who asks', () => {
  it.each([
    [
      'basic',
      { user: 'anna' },
      { password: 'geheim wort' },
      `Basic ${Buffer.from('anna:geheim wort').toString('base64')}`,
    ],
    ['bearer', {}, { token: 'abc.def' }, 'Bearer abc.def'],
    ['its own header', { headers: 'Authorization: Token {secret}' }, { headerSecret: 'xyz' }, 'Token xyz'],
  ])('is asked with %s authorization', async (_, settings, secrets, expected) => {
    const url = await serve((request, response) =>
      response.writeHead(request.headers.authorization === expected ? 200 : 401).end('# TYPE a gauge\na 1\n'),
    );
    expect(await kindOf({ url, ...settings }, secrets)).toBe('ok');
    expect(await kindOf({ url, ...settings }, {})).toBe('status');
    await using scraped = openTarget({ kind: 'prometheus', url, ...settings }, { secrets });
    expect((await scraped.look()).finding.kind).toBe('ok');
  });

  it('shows no secret in what it finds, though the peer repeats it', async () => {
    const url = await serve((request, response) =>
      response.end(JSON.stringify({ you: request.headers.authorization })),
    );
    const { finding } = await look({ url, jsonPath: '$.you', jsonValue: 'nobody' }, { token: 'very-secret-token' });
    expect(finding.kind).toBe('json-value');
    expect(JSON.stringify(finding)).not.toContain('very-secret-token');
  });

  it('sends secrets to the host that was named and to no other it redirects to', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers);
      response.end('there');
    });
    const url = await serve((request, response) => {
      seen.push(request.headers);
      response.writeHead(302, { location: other.replace('127.0.0.1', 'localhost') }).end();
    });
    await look({ url, headers: 'X-Api-Key: {secret}' }, { token: 'token-one', headerSecret: 'key-two' });
    expect(seen[0]).toMatchObject({ authorization: 'Bearer token-one', 'x-api-key': 'key-two' });
    expect(JSON.stringify(seen[1])).not.toMatch(/token-one|key-two/);
  });
});

describe('a web address with a certificate of its own', () => {
  it('is refused with the fingerprint to compare, and up once its authority or that certificate is accepted', async () => {
    const { key, cert } = makeCertificate();
    const fingerprint = new X509Certificate(cert).fingerprint256;
    const url = await serveTls({ key, cert });
    const { finding } = await look({ url });
    expect(finding).toMatchObject({ state: 'down', kind: 'certificate' });
    expect(finding.facts).toContainEqual({
      name: 'certificate-fingerprint',
      value: fingerprint.replaceAll(':', '').toLowerCase(),
    });
    const known = await look({ url, authority: cert });
    expect(known.finding.kind).toBe('ok');
    expect(known.values['target_certificate_left_seconds{target="x"}']).toBeGreaterThan(86_000);
    expect(await kindOf({ url, acceptedCertificate: fingerprint })).toBe('ok');
    // An accepted one is accepted under any name: that is what comparing it was for.
    expect(await kindOf({ url: url.replace('localhost', '127.0.0.1'), acceptedCertificate: fingerprint })).toBe('ok');
    expect(await kindOf({ url, acceptedCertificate: 'ab'.repeat(32) })).toBe('certificate');
    expect(await kindOf({ url, authority: makeCertificate().cert })).toBe('certificate');
    expect(await kindOf({ url: url.replace('localhost', '127.0.0.1'), authority: cert })).toBe('certificate');
  });

  it('says nothing, no secret either, to a peer with another certificate than the accepted one', async () => {
    let requests = 0;
    const url = await serveTls(makeCertificate(), (_, response) => {
      requests += 1;
      response.end();
    });
    expect(await kindOf({ url, acceptedCertificate: 'ab'.repeat(32) }, { token: 'secret-token' })).toBe('certificate');
    expect(requests).toBe(0);
  });

  it('that asks for ours is shown it', async () => {
    const server = makeCertificate();
    const client = makeCertificate('client');
    const url = await serveTls({ ...server, requestCert: true, rejectUnauthorized: true, ca: client.cert });
    expect(await kindOf({ url, authority: server.cert })).not.toBe('ok');
    const settings = { url, authority: server.cert, clientCertificate: client.cert };
    expect(await kindOf(settings, { clientKey: client.key })).toBe('ok');
  });
});

describe('what a web address must say', () => {
  const status = {
    ok: true,
    nodes: [
      { name: 'a', state: 'green' },
      { name: 'b', state: 'red' },
    ],
    'odd key': { n: 1.5 },
  };

  it.each([
    [{ contains: ['alpha', 'omega'] }, 'ok'],
    [{ contains: ['alpha', 'delta'] }, 'body'],
    [{ mustNotContain: ['Exception', 'Fatal'] }, 'ok'],
    [{ mustNotContain: ['Exception', 'omega'] }, 'forbidden-text'],
  ])('by texts %j: %s', async (settings, kind) => {
    const url = await serve((_, response) => response.end('alpha to omega'));
    expect(await kindOf({ url, ...settings })).toBe(kind);
  });

  it.each([
    ['$.ok', 'true', 'ok'],
    ['$.ok', 'false', 'json-value'],
    ['$.nodes[0].state', 'green', 'ok'],
    ['nodes[-1].name', 'b', 'ok'],
    ['$.nodes[*].name', '', 'ok'],
    ['$.nodes[*].state', 'green', 'json-value'],
    ["$['odd key'].n", '1.5', 'ok'],
    ['$.nothing.here', '', 'json-missing'],
    ['$.nodes[7]', '', 'json-missing'],
    ['$.__proto__', '', 'json-missing'],
  ])('by what stands at %s: "%s" is %s', async (jsonPath, jsonValue, kind) => {
    const url = await serve((_, response) => response.end(JSON.stringify(status)));
    expect(await kindOf({ url, jsonPath, jsonValue })).toBe(kind);
  });

  it('is not JSON where a page comes in its place', async () => {
    const url = await serve((_, response) => response.end('<html>'));
    expect(await kindOf({ url, jsonPath: '$.ok' })).toBe('not-json');
  });

  it('to a method with a body, with a type that fits', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => response.end(`${request.method} ${request.headers['content-type']} ${body}`));
    });
    expect(await kindOf({ url, method: 'POST', body: '{"a":1}', contains: ['POST application/json {"a":1}'] })).toBe(
      'ok',
    );
    expect(await kindOf({ url, method: 'PUT', body: 'hi', contains: ['PUT text/plain; charset=utf-8 hi'] })).toBe('ok');
    expect(
      await kindOf({ url, method: 'PUT', body: '<a/>', headers: 'Content-Type: text/xml', contains: ['PUT text/xml'] }),
    ).toBe('ok');
  });

  it('by its own status where redirects are not followed', async () => {
    const url = await serve((_, response) => response.writeHead(301, { location: '/there' }).end());
    expect(await kindOf({ url, followsRedirects: false, status: { from: 301, until: 301 } })).toBe('ok');
  });

  it('after a sign-in that sets a cookie and redirects, with a head of 40 KB', async () => {
    const url = await serve((request, response) => {
      if (request.headers.cookie?.includes('session=abc') && !request.headers.cookie.includes('other'))
        response.end('signed in');
      else
        response
          .writeHead(302, {
            location: '/home',
            'set-cookie': ['session=abc; Path=/; HttpOnly', 'other=1; Path=/elsewhere', 'top=1; Domain=org'],
            'x-trace': 'y'.repeat(40_000),
          })
          .end();
    });
    expect(await kindOf({ url: `${url}/`, contains: ['signed in'] })).toBe('ok');
  });
});
