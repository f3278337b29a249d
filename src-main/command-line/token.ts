/**
 * `hakgal-monitor token`: shows the token that programs send, or makes a new one; with that every browser is signed
 * out.
 */
import { makeSignInCode } from '../http/sign-in-code.ts';
import { makeToken, readToken } from '../http/token.ts';
import { systemClock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { findInstance } from '../platform/instance-lock.ts';
import { dataPaths } from '../platform/paths.ts';
import { parseDataDirOptions } from './data-dir-options.ts';

const tokenUsage = `Usage: hakgal-monitor token [--data-dir DIR] [--renew]

Prints the token that programs send as "Authorization: Bearer TOKEN". --renew makes a new one: what had the old one is refused
from then on, and every browser is signed out.
`;
const codeMs = 10_000;
const timeoutMs = 5_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

export async function runToken(args: readonly string[]): Promise<number> {
  const parsed = parseDataDirOptions(args, ['renew'], environment);
  if (!parsed.ok) {
    complain(`${parsed.failure.message}\n\n${tokenUsage}`);
    return 2;
  }
  const { dataDir, flags } = parsed.value;
  const paths = dataPaths(dataDir);
  const token = readToken(paths.token);
  if (token === undefined) {
    complain(`There is no token in ${dataDir} yet.\nThe first start makes one: hakgal-monitor run`);
    return 1;
  }
  if (!flags.has('renew')) {
    say(token);
    return 0;
  }
  const instance = findInstance(paths.instance);
  if (instance === undefined) makeToken(paths.token);
  else {
    try {
      await renewOf(instance.dashboard, token);
    } catch (error) {
      complain(`The running monitor did not renew its token: ${(error as Error).message}\nStop it and try again.`);
      return 1;
    }
  }
  say('The token is renewed; browsers sign in again with: hakgal-monitor open');
  return 0;
}

/** The token itself is never sent: who listens there may be somebody else. */
async function renewOf(dashboard: string, token: string): Promise<void> {
  const post = async (path: string, body: object, session?: string): Promise<Response> => {
    const response = await fetch(`${dashboard}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(session !== undefined && { authorization: `Bearer ${session}` }),
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`it answered with status ${response.status}`);
    return response;
  };
  const code = makeSignInCode(token, { expiresAt: systemClock.now() + codeMs, isOnce: true });
  const { session } = (await (await post('/api/session', { code })).json()) as { session: string };
  await post('/api/token/renew', {}, session);
}
