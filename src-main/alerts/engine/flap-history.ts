/**
 * Does it keep coming and going? Weighted changes over the last 21 checks, newest counting most (as Nagios does it).
 */

export interface FlapHistory {
  /** One bit a check after the first, newest lowest: 1 where the condition differed from the check before. */
  readonly changes: number;
  readonly last: boolean;
  /** Time of the last check. */
  readonly at: number;
}

/** 21 checks have 20 places where the condition can change. */
const places = 20;
const mask = 2 ** places - 1;
const newestWeight = 1.2;
const oldestWeight = 0.8;

/** Three whole rounds of coming and going within the window; and all but one of them gone. */
const flappingFrom = 0.3;
const steadyBelow = 0.15;

/** Adds a check once `everyMs` have passed since the last one. */
export function recordCheck(
  history: FlapHistory | undefined,
  isBreached: boolean,
  now: number,
  everyMs: number,
): FlapHistory {
  if (history === undefined) return { changes: 0, last: isBreached, at: now };
  if (now - history.at < everyMs) return history;
  const changed = history.last === isBreached ? 0 : 1;
  // The product stays below 2^21, so plain arithmetic is exact.
  return { changes: (history.changes * 2 + changed) & mask, last: isBreached, at: now };
}

/** 0: never changed, 1: changed at each check. */
export function changeRatio({ changes }: FlapHistory): number {
  let sum = 0;
  for (let place = 0; place < places; place += 1)
    if ((changes >> place) & 1) sum += newestWeight - ((newestWeight - oldestWeight) * place) / (places - 1);
  return sum / places;
}

export function isFlapping(history: FlapHistory, wasFlapping: boolean): boolean {
  const ratio = changeRatio(history);
  return wasFlapping ? ratio >= steadyBelow : ratio >= flappingFrom;
}
