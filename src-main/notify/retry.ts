/** When to try again. Pure; chance is handed in. */
import { dayMs } from '../contract/shared/durations.ts';

const firstMs = 1_000;
export const longestWaitMs = 15 * 60_000;

/** A notification that nobody took for a day is given up; the delivery log keeps it. */
export const giveUpAfterMs = dayMs;

/**
 * Doubling from a second to a quarter of an hour, each anywhere between half and whole, so that many clients of a peer
 * that comes back do not all return at once.
 * @param attempts attempts that failed so far, from 1
 * @param random 0–1
 * @param askedMs what the peer asked for, which is never undercut
 */
export function retryDelayMs(attempts: number, random: number, askedMs = 0): number {
  const whole = Math.min(longestWaitMs, firstMs * 2 ** Math.min(attempts - 1, 20));
  return Math.max(askedMs, whole / 2 + (whole / 2) * random);
}
