/** The contract's procedures over HTTP, under /rpc. Loaded at the first call. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node';
import type { Router } from '../api/router.ts';

/** @returns whether there is such a procedure; if so, it has answered */
export type ProcedureHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Settings to import are the largest thing a procedure takes. */
const maxBodyBytes = 2_000_000;

export function createProcedureHandler(router: Router): ProcedureHandler {
  const handler = new RPCHandler(router, { plugins: [new BodyLimitPlugin({ maxBodySize: maxBodyBytes })] });
  return async (request, response) => (await handler.handle(request, response, { prefix: '/rpc' })).matched;
}
