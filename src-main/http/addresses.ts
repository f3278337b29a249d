/** Where the servers answer; null where none could listen. */
import type { PortInUse } from '../contract/live.ts';
import { makeSignInCode, signInAddress } from './sign-in-code.ts';

export interface Addresses {
  /** Opens the dashboard and signs browsers in for the next minutes; holds a code, never the token. */
  readonly dashboardUrl: string | null;
  readonly apiUrl: string | null;
  readonly metricsUrl: string | null;
}

const printedCodeMs = 600_000;

/** @param signIn undefined where nobody is to be signed in by the address */
export function addressesOf(
  ports: readonly PortInUse[],
  signIn?: { readonly token: string; readonly now: number },
): Addresses {
  const address = (wanted: PortInUse['name']): string | null => {
    const actual = ports.find(({ name }) => name === wanted)?.actual ?? null;
    return actual === null ? null : `http://127.0.0.1:${actual}`;
  };
  const [api, metrics] = [address('dashboard'), address('prometheus')];
  const dashboardUrl =
    api !== null && signIn !== undefined
      ? signInAddress(api, makeSignInCode(signIn.token, { expiresAt: signIn.now + printedCodeMs, isOnce: false }))
      : api;
  return { dashboardUrl, apiUrl: api, metricsUrl: metrics && `${metrics}/metrics` };
}
