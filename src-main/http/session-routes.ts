/** Signing a browser in and out, and a new token. The sign-in asks for no token: its code is one. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { answer, answerJson, refuseWith } from './answer.ts';
import { type Access, bearerOf } from './guard.ts';
import { readBody } from './read-body.ts';
import type { Sessions } from './sessions.ts';
import type { TokenKeeper } from './token.ts';

interface SessionRoute {
  readonly methods: readonly string[];
  readonly access: Access;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

const maxBytes = 1_000;
const codeSchema = z.object({ code: z.string().max(200) });
const json = ['application/json'];

export function sessionRoutes(sessions: Sessions, token: TokenKeeper): Readonly<Record<string, SessionRoute>> {
  return {
    '/api/session': {
      methods: ['POST'],
      access: { kind: 'page', contentTypes: json },
      async handle(request, response) {
        const body = await readBody(request, maxBytes);
        if (!body.ok) return refuseWith(response, 413, body.failure.message);
        const given = codeSchema.safeParse(parseJson(body.value));
        if (!given.success) return refuseWith(response, 400, 'Send the code as {"code":"…"}.');
        const made = sessions.signIn(given.data.code, request.headers);
        if (made === undefined)
          return refuseWith(response, 401, 'The code is over or used: `hakgal-monitor open` makes a new one.');
        answerJson(response, 201, made);
      },
    },
    '/api/session/end': {
      methods: ['POST'],
      access: { kind: 'token', contentTypes: json },
      handle(request, response) {
        answer(response, 204, {}, '');
        sessions.end(bearerOf(request.headers) ?? '');
      },
    },
    '/api/token/renew': {
      methods: ['POST'],
      access: { kind: 'token', contentTypes: json },
      handle(_, response) {
        token.renew();
        // The answer first: it may go over a connection that ends with its session.
        answer(response, 204, {}, '');
        response.once('close', () => sessions.endAll());
      },
    },
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
