/** Long work in short steps: between them the thread stores ticks and hears that the work is no longer wanted. */
import type { Clock } from '../platform/clock.ts';
import { yieldToMessages } from '../workers/protocol.ts';

/** A tick waits for one step at most. */
const stepMs = 4;

/** To be called often; lets others run once a step's time is over. Throws the signal's reason once it has fired. */
export function createYielder(clock: Pick<Clock, 'monotonic'>, signal?: AbortSignal): () => void | Promise<void> {
  let began = clock.monotonic();
  return () => {
    signal?.throwIfAborted();
    if (clock.monotonic() - began < stepMs) return undefined;
    return yieldToMessages().then(() => {
      began = clock.monotonic();
      signal?.throwIfAborted();
    });
  };
}
