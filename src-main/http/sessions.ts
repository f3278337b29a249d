/**
 * Who is signed in: a random secret for each browser, known here by its hash alone, bound to the address under which it
 * was made. The page keeps it in the storage of its origin, not in a cookie: cookies of 127.0.0.1 go to every port,
 * storage has the port in its key. Sessions end with the monitor, so that whoever listens on its port while it is away
 * can collect nothing that holds later.
 */

import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { dayMs } from '../contract/shared/durations.ts';
import type { Clock } from '../platform/clock.ts';
import { readSignInCode } from './sign-in-code.ts';

interface NewSession {
  readonly session: string;
  readonly expiresAt: number;
}

/** What is sent for as long as a session holds, and ends with it: streams above all. */
interface SessionAnswer {
  destroy(): unknown;
  once(event: 'close', listener: () => void): unknown;
}

export interface Sessions {
  /** Undefined: the code is not, or no longer, valid. */
  signIn(code: string, headers: IncomingHttpHeaders): NewSession | undefined;
  isValid(session: string, headers: IncomingHttpHeaders): boolean;
  /** The answer ends with the session. */
  hold(session: string, answer: SessionAnswer): void;
  end(session: string): void;
  endAll(): void;
}

/** Since the last request, and in all. A page that is open asks all the time. */
const maxIdleMs = 3 * dayMs;
const maxAgeMs = 30 * dayMs;
/** Nobody has more browsers; the one that was silent for longest gives way. */
const maxSessions = 50;

interface Session {
  readonly host: string;
  readonly expiresAt: number;
  usedAt: number;
  readonly answers: Set<SessionAnswer>;
}

export function createSessions(clock: Pick<Clock, 'now'>, token: () => string): Sessions {
  const sessions = new Map<string, Session>();
  const usedCodes = new Map<string, number>();
  const idOf = (session: string): string => createHash('sha256').update(session).digest('base64url');

  const end = (id: string): void => {
    const ended = sessions.get(id);
    sessions.delete(id);
    for (const answer of ended?.answers ?? []) answer.destroy();
  };
  const endOld = (): void => {
    const now = clock.now();
    for (const [id, { expiresAt, usedAt }] of sessions) if (expiresAt <= now || usedAt + maxIdleMs <= now) end(id);
    for (const [nonce, expiresAt] of usedCodes) if (expiresAt <= now) usedCodes.delete(nonce);
  };

  return {
    signIn(text, headers) {
      endOld();
      const now = clock.now();
      const code = readSignInCode(token(), text, now);
      if (code === undefined || usedCodes.has(code.nonce)) return undefined;
      if (code.isOnce) usedCodes.set(code.nonce, code.expiresAt);
      if (sessions.size >= maxSessions) {
        const [silent] = [...sessions].toSorted(([, a], [, b]) => a.usedAt - b.usedAt);
        if (silent !== undefined) end(silent[0]);
      }
      const session = randomBytes(32).toString('base64url');
      const expiresAt = now + maxAgeMs;
      sessions.set(idOf(session), { host: hostOf(headers), expiresAt, usedAt: now, answers: new Set() });
      return { session, expiresAt };
    },
    isValid(session, headers) {
      endOld();
      const known = sessions.get(idOf(session));
      if (known === undefined || known.host !== hostOf(headers)) return false;
      known.usedAt = clock.now();
      return true;
    },
    hold(session, answer) {
      const known = sessions.get(idOf(session));
      if (known === undefined) return;
      known.answers.add(answer);
      answer.once('close', () => known.answers.delete(answer));
    },
    end: (session) => end(idOf(session)),
    endAll() {
      for (const id of [...sessions.keys()]) end(id);
    },
  };
}

const hostOf = ({ host }: IncomingHttpHeaders): string => (host ?? '').toLowerCase();
