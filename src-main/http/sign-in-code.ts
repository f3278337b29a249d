/**
 * How a browser gets a session without ever seeing the token: a code for its address, which whoever can read the token
 * may make, and which is worth nothing a few minutes later. Pure but for the random part.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SignInCode {
  readonly nonce: string;
  readonly expiresAt: number;
  /** Used up by the first browser; a printed address may be opened in several until it expires. */
  readonly isOnce: boolean;
}

export function makeSignInCode(token: string, code: Omit<SignInCode, 'nonce'>): string {
  const nonce = randomBytes(16).toString('base64url');
  const body = [code.isOnce ? 'once' : 'some', code.expiresAt.toString(36), nonce].join('.');
  return `${body}.${sign(token, body)}`;
}

/** Undefined for one that is forged, made with another token, or over. */
export function readSignInCode(token: string, text: string, now: number): SignInCode | undefined {
  const parts = /^((once|some)\.([0-9a-z]{1,12})\.([\w-]{22}))\.([\w-]{43})$/.exec(text);
  if (parts === null) return undefined;
  const [, body, uses, expiry, nonce, mac] = parts as unknown as readonly string[];
  const wanted = Buffer.from(sign(token, body as string));
  if (!timingSafeEqual(Buffer.from(mac as string), wanted)) return undefined;
  const expiresAt = Number.parseInt(expiry as string, 36);
  return expiresAt > now ? { nonce: nonce as string, expiresAt, isOnce: uses === 'once' } : undefined;
}

const sign = (token: string, body: string): string =>
  createHmac('sha256', token).update(`hakgal-monitor sign-in ${body}`).digest('base64url');

/** What opens the dashboard signed in. The page takes the code out of the address bar at once. */
export const signInAddress = (origin: string, code: string): string => `${origin}/?sign-in=${code}`;
