/** A time as the command line takes it. Pure. */
import { dayMs, hourMs, minuteMs, secondMs } from '../contract/shared/durations.ts';
import { timeOf } from '../store/transfer/read-table.ts';

export const timeUsage = '2026-01-31, 2026-01-31T12:00:00Z, ms since the epoch, 19:45, or 30m, 24h, 7d for so long ago';

const unitMs: Readonly<Record<string, number>> = { s: secondMs, m: minuteMs, h: hourMs, d: dayMs };

/** ms since the epoch; NaN where the text is no time. */
export function momentOf(text: string, now: number): number {
  if (text === 'now') return now;
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (clock !== null) {
    const today = new Date(now).setHours(Number(clock[1]), Number(clock[2]), 0, 0);
    // The last time that the clock showed it.
    return today <= now ? today : new Date(today).setDate(new Date(today).getDate() - 1);
  }
  const ago = /^(\d+)([smhd])$/.exec(text);
  return ago === null ? timeOf(text) : Math.max(0, now - Number(ago[1]) * (unitMs[ago[2] as string] as number));
}
