/** Where the servers answer; null where none could listen. */
import type { PortInUse } from '../contract/live.ts';

export interface Addresses {
  /** Opens the dashboard and signs the browser in; holds the token, so it is for the user's eyes alone. */
  readonly dashboardUrl: string | null;
  readonly apiUrl: string | null;
  readonly metricsUrl: string | null;
}

export function addressesOf(ports: readonly PortInUse[], token: string): Addresses {
  const address = (wanted: PortInUse['name']): string | null => {
    const actual = ports.find(({ name }) => name === wanted)?.actual ?? null;
    return actual === null ? null : `http://127.0.0.1:${actual}`;
  };
  const [api, metrics] = [address('dashboard'), address('prometheus')];
  return { dashboardUrl: api && `${api}/?token=${token}`, apiUrl: api, metricsUrl: metrics && `${metrics}/metrics` };
}
