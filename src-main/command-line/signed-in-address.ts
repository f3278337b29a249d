/** The address of a running monitor's dashboard that signs one browser in. */
import { makeSignInCode, signInAddress } from '../http/sign-in-code.ts';
import { readToken } from '../http/token.ts';
import { systemClock } from '../platform/clock.ts';

/** So long it can be used. */
const codeMs = 120_000;

/** The plain address where the token of the data directory is not to be read. */
export function signedInAddress(tokenFile: string, dashboard: string): string {
  const token = readToken(tokenFile);
  if (token === undefined) return dashboard;
  return signInAddress(dashboard, makeSignInCode(token, { expiresAt: systemClock.now() + codeMs, isOnce: true }));
}
