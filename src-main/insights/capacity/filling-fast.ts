/**
 * A disk that fills within hours, which days of history can't foretell. It must have filled for at least half as long
 * as it still needs, nearly without a step back, and further than it ever did before it emptied again. Pure.
 */
import type { Usage } from './run-out.ts';

const hourMs = 3_600_000;
const leastMs = 30 * 60_000;
const leastAgreement = 0.9;
const runUpMs = 6 * hourMs;

/**
 * @param recent the last six hours, every five minutes
 * @param past days before, every hour; what rises seen there have ended by themselves
 * @returns seconds until it is full; null where nothing says so
 */
export function foretellFillingFast(recent: Usage, past: Usage, capacity: number): number | null {
  const from = risingFrom(recent);
  const count = recent.at.length;
  const [first, last] = [recent.at[from], recent.at[count - 1]];
  if (first === undefined || last === undefined || last - first < leastMs) return null;
  const now = recent.used[count - 1] as number;
  const rise = now - (recent.used[from] as number);
  if (rise <= 0 || agreementOf(recent, from) < leastAgreement) return null;
  const left = ((capacity - now) / rise) * (last - first);
  if (left > 2 * (last - first) || rise <= largestRise(past)) return null;
  return Math.max(0, Math.round(left / 1_000));
}

/** Where the rise that still goes on began: the lowest point. */
function risingFrom({ used }: Usage): number {
  let from = 0;
  for (let index = 1; index < used.length; index++) if ((used[index] as number) <= (used[from] as number)) from = index;
  return from;
}

/** Share of steps that go up, of those that go anywhere. */
function agreementOf({ used }: Usage, from: number): number {
  let [up, moved] = [0, 0];
  for (let index = from + 1; index < used.length; index++) {
    const step = (used[index] as number) - (used[index - 1] as number);
    if (step > 0) up++;
    if (step !== 0) moved++;
  }
  return moved === 0 ? 0 : up / moved;
}

function largestRise({ at, used }: Usage): number {
  let largest = 0;
  for (let index = 0; index < at.length; index++)
    for (let before = index - 1; before >= 0 && (at[index] as number) - (at[before] as number) <= runUpMs; before--)
      largest = Math.max(largest, (used[index] as number) - (used[before] as number));
  return largest;
}
