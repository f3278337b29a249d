import type { LiveStore } from '../../live/live-store.ts';
import { rateOf, sumOf } from '../../live/rates.ts';

export interface NetworkLines {
  /** Bytes a second over all interfaces, one value a tick. */
  readonly received: readonly (number | null)[];
  readonly sent: readonly (number | null)[];
}

export function networkLines(live: LiveStore): NetworkLines {
  const total = (metric: string): (number | null)[] =>
    sumOf([...live.lines(metric).values()].map((values) => rateOf(live.at, values)));
  return { received: total('network_received_bytes_total'), sent: total('network_transmitted_bytes_total') };
}
