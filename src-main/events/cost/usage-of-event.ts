/** An event of type llm as usage. Pure. */
import type { Usage } from '../../contract/cost/usage.ts';
import type { LlmEvent } from '../../contract/events.ts';
import { dayMs } from '../../contract/shared/durations.ts';

/** Before this nobody called a model: seconds were sent for milliseconds. */
const earliest = Date.UTC(2018, 0, 1);

/** @returns the usage, or in words why its time can't be */
export function usageOfEvent(event: LlmEvent, now: number): Usage | string {
  const { timestamp, cached, cost, currency, input_tokens: input, output_tokens: output } = event;
  const at = timestamp === undefined ? now : typeof timestamp === 'number' ? timestamp : Date.parse(timestamp);
  if (!(at >= earliest)) return 'timestamp: lies before 2018; numbers are milliseconds since 1970';
  if (at > now + dayMs) return 'timestamp: lies more than a day ahead of this machine';
  const tokens = {
    input: input ?? 0,
    cacheRead: event.cache_read_tokens,
    cacheWrite: event.cache_write_tokens,
    output: output ?? 0,
    reasoning: event.reasoning_tokens,
  };
  return {
    at,
    provider: event.provider,
    model: event.model,
    service: event.service,
    // What a cache answered was not sent to a model.
    tokens: cached ? { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 } : tokens,
    calls: cached ? 0 : 1,
    failed: cached || event.success ? 0 : 1,
    hits: cached ? 1 : 0,
    ...(cost !== undefined && { cost }),
    ...(currency !== undefined && { currency }),
    ...(input === undefined && output === undefined && { isUncounted: true as const }),
  };
}
