/** The secret that local programs of this user show: made once, readable by its owner alone, renewed when asked. */
import { randomBytes } from 'node:crypto';
import { readPrivateFile, writePrivateFile } from '../platform/private-file.ts';

export interface TokenKeeper {
  readonly current: string;
  /** What was shown with the old one is worth nothing from now on. */
  renew(): void;
}

export function openToken(path: string): TokenKeeper {
  let current = readToken(path) ?? makeToken(path);
  return {
    get current() {
      return current;
    },
    renew() {
      current = makeToken(path);
    },
  };
}

/** Undefined where there is none, or one that somebody else may have put there. */
export function readToken(path: string): string | undefined {
  const text = readPrivateFile(path)?.trim();
  return text !== undefined && /^[A-Za-z0-9_-]{32,200}$/.test(text) ? text : undefined;
}

export function makeToken(path: string): string {
  const token = randomBytes(32).toString('base64url');
  writePrivateFile(path, `${token}\n`);
  return token;
}
