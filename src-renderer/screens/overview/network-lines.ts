import type { LiveStore } from '../../live/live-store.ts';
import { sumOf } from '../../live/sum-of.ts';

export interface NetworkLines {
  /** Bytes a second over all interfaces, one value a tick. */
  readonly received: readonly (number | null)[];
  readonly sent: readonly (number | null)[];
}

export function networkLines(live: LiveStore): NetworkLines {
  const total = (metric: string): (number | null)[] => sumOf([...live.lines(metric).values()]);
  return { received: total('network_receive_bytes_per_second'), sent: total('network_transmit_bytes_per_second') };
}
