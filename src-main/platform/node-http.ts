/**
 * Node's HTTP without what comes along: an `import` of node:http evaluates every name that it exports, and among them
 * are lazy ones (WebSocket) that load Node's fetch, HTTP/2 and TLS: 14 MB that nothing here uses. Types cost nothing
 * anywhere.
 */
import type * as Http from 'node:http';

export const { createServer, request, STATUS_CODES }: typeof Http = process.getBuiltinModule('node:http');
