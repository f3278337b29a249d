/** Requests that no honest client sends, by kind, as bytes; and what may come back. */
import { gzipSync } from 'node:zlib';
import { bodies, climbs, cookiesAndTokens, hosts, origins } from './hostile-data.ts';

export interface HostileRequest {
  readonly kind: string;
  readonly name: string;
  /** Sent as they are; PORT and TOKEN are filled in. */
  readonly parts: readonly (string | Buffer)[];
  /** Statuses that may come back; null: the connection just ends. */
  readonly allowed: readonly (number | null)[];
}

const crlf = '\r\n';
const own = 'Host: 127.0.0.1:PORT';
const request = (line: string, headers: readonly string[], body = ''): string =>
  [line, ...headers, 'Connection: close', '', body].join(crlf);
const get = (path: string, ...headers: readonly string[]): string => request(`GET ${path} HTTP/1.1`, [own, ...headers]);
const post = (
  path: string,
  type: string,
  body: string | Buffer,
  ...headers: readonly string[]
): (string | Buffer)[] => [
  request(`POST ${path} HTTP/1.1`, [
    own,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ]),
  body,
];
const json = 'application/json';
const of = (
  kind: string,
  allowed: readonly (number | null)[],
  cases: readonly (readonly [name: string, ...parts: (string | Buffer)[]])[],
): readonly HostileRequest[] => cases.map(([name, ...parts]) => ({ kind, name, parts, allowed }));

const smuggled = `GET /api/health HTTP/1.1${crlf}${own}${crlf}Connection: close${crlf}${crlf}`;
const chunked = 'Transfer-Encoding: chunked';
const events = 'POST /api/events HTTP/1.1';
const type = `Content-Type: ${json}`;
const hidden = (headers: readonly string[], body: string): string =>
  [events, own, type, ...headers, '', `${body}${smuggled}`].join(crlf);

export const hostileRequests: readonly HostileRequest[] = [
  ...of(
    'a host that is not ours (DNS rebinding)',
    [400, 403],
    hosts.map((host) => [host, request('GET /api/health HTTP/1.1', [`Host: ${host}`])]),
  ),
  ...of(
    'hosts',
    [400, 403],
    [
      ['two', request('GET / HTTP/1.1', [own, 'Host: evil.example'])],
      ['two, ours second', request('GET / HTTP/1.1', ['Host: evil.example', own])],
      ['two of ours', request('GET / HTTP/1.1', [own, own])],
      ['two in letters of other sizes', request('GET / HTTP/1.1', [own, 'hOsT: evil.example'])],
      ['none', request('GET / HTTP/1.1', [])],
      ['one behind a blank', request('GET / HTTP/1.1', ['Host : 127.0.0.1:PORT'])],
      ['one that is folded', request('GET / HTTP/1.1', ['Host:', ' evil.example'])],
      ['none in HTTP/1.0', request('GET / HTTP/1.0', [])],
    ],
  ),
  ...of(
    'a page of another origin',
    [400, 403],
    origins.flatMap((origin) => [
      [`${origin} reads`, get('/api/metrics', `Origin: ${origin}`)] as const,
      [`${origin} writes`, ...post('/api/events', json, '[]', `Origin: ${origin}`)] as const,
    ]),
  ),
  ...of(
    'a page of another site or port',
    [403],
    [
      ...['cross-site', 'same-site'].flatMap((site) =>
        ['/api/health', '/api/metrics', '/api/status', '/rpc/monitor/about'].map(
          (path) => [`${site} ${path}`, get(path, `Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: no-cors')] as const,
        ),
      ),
      ['frames the page', get('/', 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script')],
      ['signs somebody in', ...post('/api/session', json, '{"code":"x"}', 'Sec-Fetch-Site: same-site')],
      ['ends a session', ...post('/api/session/end', json, '{}', 'Sec-Fetch-Site: same-site')],
      ['renews the token', ...post('/api/token/renew', json, '{}', 'Sec-Fetch-Site: cross-site')],
    ],
  ),
  ...of(
    'a form or an image (CSRF)',
    [401, 403, 405, 415],
    [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
      'application/csp-report',
    ].flatMap((form) =>
      ['/api/events', '/rpc/settings/update', '/api/token/renew'].map(
        (path) => [`${form} to ${path}`, ...post(path, form, '{"json":{}}')] as const,
      ),
    ),
  ),
  ...of(
    'a method',
    [400, 403, 405, 501, null],
    [
      'TRACE',
      'TRACK',
      'PUT',
      'DELETE',
      'PATCH',
      'OPTIONS',
      'CONNECT',
      'PROPFIND',
      'MKCOL',
      'SEARCH',
      'PURGE',
      'DEBUG',
      'get',
      'GETT',
      'G\tET',
    ].map((method) => [method, request(`${method} /api/health HTTP/1.1`, [own])]),
  ),
  ...of(
    'a path that climbs or pretends',
    [400, 401, 403, 404, 405],
    climbs.map((path) => [path, get(path)]),
  ),
  ...of(
    'a target of a proxy',
    [400, 403, 404, 405, null],
    [
      'http://evil.example/',
      'http://evil.example:PORT/api/health',
      'http://127.0.0.1:1/api/health',
      'https://127.0.0.1:PORT/',
      'ftp://127.0.0.1/',
      'http://127.0.0.1:PORT@evil.example/',
      'http:evil',
      'evil.example:443',
      '*',
      'javascript:alert(1)',
      '\\\\evil\\share',
      'file:///etc/passwd',
    ].map((target) => [target, get(target)]),
  ),
  ...of(
    'no token',
    [400, 401, 431],
    cookiesAndTokens.map((header) => [header.slice(0, 50), ...post('/rpc/monitor/about', json, '{}', header)]),
  ),
  ...of(
    'a token in the address',
    [401],
    [
      ['of a procedure', ...post('/rpc/monitor/about?token=TOKEN', json, '{}')],
      ['as authorization', ...post('/rpc/monitor/about?authorization=Bearer+TOKEN', json, '{}')],
      ['in a fragment', ...post('/rpc/monitor/about#TOKEN', json, '{}')],
    ],
  ),
  ...of(
    'an upgrade',
    [400, 401, 403, 404, 405, 426, null],
    [
      ...['/', '/rpc/live/watch', '/api/health', '/ws', '/socket.io/'].map(
        (path) =>
          [
            `WebSocket at ${path}`,
            get(
              path,
              'Upgrade: websocket',
              'Sec-WebSocket-Version: 13',
              'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
              'Origin: http://evil.example',
            ),
          ] as const,
      ),
      ['HTTP/2 in the clear', get('/nothing', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA')],
      ['the preface of HTTP/2', `PRI * HTTP/2.0${crlf}${crlf}SM${crlf}${crlf}`],
      ['TLS', Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0])],
      ['SSH', `SSH-2.0-x${crlf}${crlf}`],
    ],
  ),
  ...of(
    'one request within another (smuggling)',
    [202, 400, 411, 413, 415, 501, null],
    [
      ['two lengths', hidden(['Content-Length: 2', 'Content-Length: 0'], '[]')],
      ['two lengths in one', hidden(['Content-Length: 2, 0'], '[]')],
      ['length and chunks', hidden(['Content-Length: 2', chunked], `0${crlf}${crlf}`)],
      ['chunks and length', hidden([chunked, 'Content-Length: 200'], `0${crlf}${crlf}`)],
      ['a length below zero', hidden(['Content-Length: -1'], '')],
      ['a length with a sign', hidden(['Content-Length: +2'], '[]')],
      ['a length in hex', hidden(['Content-Length: 0x2'], '[]')],
      ['a length beyond all numbers', hidden(['Content-Length: 99999999999999999999999'], '[]')],
      ['chunks behind a blank', hidden(['Transfer-Encoding : chunked', 'Content-Length: 2'], '[]')],
      ['chunks in other words', hidden(['Transfer-Encoding: xchunked', 'Content-Length: 2'], '[]')],
      ['chunks, and something else', hidden(['Transfer-Encoding: chunked, identity'], `0${crlf}${crlf}`)],
      ['chunks behind a tab', hidden(['Transfer-Encoding:\tchunked', 'Content-Length: 2'], `0${crlf}${crlf}`)],
      ['chunks twice', hidden([chunked, 'Transfer-Encoding: identity'], `0${crlf}${crlf}`)],
      ['a chunk below zero', hidden([chunked], `-1${crlf}[]${crlf}`)],
      ['a chunk of too many digits', hidden([chunked], `fffffffffffffffff${crlf}`)],
      ['a chunk without its end', hidden([chunked], `2${crlf}[]0${crlf}${crlf}`)],
      [
        'a chunk with an endless extension',
        hidden([chunked], `2;${'x'.repeat(40_000)}${crlf}[]${crlf}0${crlf}${crlf}`),
      ],
      ['lines that end in LF alone', hidden(['X: y\nTransfer-Encoding: chunked', 'Content-Length: 2'], '[]')],
      ['lines that end in CR alone', hidden(['X: y\rTransfer-Encoding: chunked', 'Content-Length: 2'], '[]')],
      ['a header within a value', hidden(['X: a\u0000b', 'Content-Length: 2'], '[]')],
    ],
  ),
  ...of(
    'a head',
    [100, 200, 400, 403, 404, 408, 417, 431, 505, null],
    [
      ['a header of 64 KB', get('/api/health', `X: ${'x'.repeat(65_536)}`)],
      ['four thousand headers', get('/api/health', ...Array.from({ length: 4_000 }, (_, index) => `X-${index}: y`))],
      ['a path of 64 KB', get(`/${'x'.repeat(65_536)}`)],
      ['a query of 12 KB', get(`/api/nothing?${'x=y&'.repeat(3_000)}`)],
      ['a name of 20 KB', get('/api/health', `${'x'.repeat(20_000)}: y`)],
      ['a header without a colon', get('/api/health', 'nonsense')],
      ['a header without a name', get('/api/health', ': y')],
      ['a header that is folded', get('/api/health', 'X: a', ' b')],
      ['a version that is none', request('GET /nothing HTTP/9.9', [own])],
      ['no version', request('GET /nothing', [own])],
      ['HTTP/0.9', `GET /nothing${crlf}${crlf}`],
      ['a line of blanks', `   ${crlf}${crlf}`],
      ['bytes of all kinds', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
      ['a range of a thousand', get('/index.html', `Range: bytes=${'0-,'.repeat(1_000)}0-1`)],
      ['an expectation', ...post('/api/nothing', json, '{}', 'Expect: 100-continue')],
      ['another expectation', ...post('/api/nothing', json, '{}', 'Expect: the-worst')],
      ['ranks of accepting without an end', get('/api/nothing', `Accept: ${'a/b;q=0.1,'.repeat(1_200)}`)],
      ['encodings without an end', get('/api/nothing', `Accept-Encoding: ${'gzip;q=0 ,'.repeat(1_200)}`)],
    ],
  ),
  ...of(
    'a body',
    [202, 400, 413, 429],
    bodies.map(([name, body]) => [name, ...post('/api/events', json, body)]),
  ),
  ...of(
    'a body of OpenTelemetry',
    [200, 400, 413, 415],
    [
      ...bodies.slice(1, 12).map(([name, body]) => [name, ...post('/v1/metrics', json, body)] as const),
      ...[0, 1, 8, 64].map(
        (length) =>
          [
            `${length} bytes that are no protobuf`,
            ...post('/v1/metrics', 'application/x-protobuf', Buffer.alloc(length, 0xff)),
          ] as const,
      ),
      [
        'a length beyond the end',
        ...post('/v1/metrics', 'application/x-protobuf', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0x7f])),
      ],
      ['a bomb of gzip', ...post('/v1/metrics', json, gzipSync(Buffer.alloc(50_000_000)), 'Content-Encoding: gzip')],
      ['gzip that is none', ...post('/v1/metrics', json, 'nonsense', 'Content-Encoding: gzip')],
      ['half of gzip', ...post('/v1/metrics', json, gzipSync('{}').subarray(0, 12), 'Content-Encoding: gzip')],
      ['an encoding nobody knows', ...post('/v1/metrics', json, '{}', 'Content-Encoding: rot13')],
    ],
  ),
  ...of(
    'a body that is too large',
    [413, null],
    [
      ['found on the way', ...post('/api/events', json, ' '.repeat(2_100_000))],
      ['of a sign-in', ...post('/api/session', json, ' '.repeat(2_000))],
    ],
  ),
];
