/** Chooses how often sources run: less on battery, less of what only screens need while nobody looks. */
import type { Clock } from '../platform/clock.ts';
import { batteryIntervals, hiddenIntervals, type Intervals, normalIntervals } from './slow-down.ts';

export interface Circumstances {
  readonly isOnBattery: boolean;
  readonly isWatched: boolean;
  readonly slowerOnBattery: boolean;
  readonly slowerWhenHidden: boolean;
}

export function chooseIntervals(now: Circumstances): Intervals {
  if (now.isOnBattery && now.slowerOnBattery) return batteryIntervals;
  return !now.isWatched && now.slowerWhenHidden ? hiddenIntervals : normalIntervals;
}

const lookEveryMs = 5_000;

/** Looks at the circumstances every few seconds; `setIntervals` is called when they change. */
export function adaptIntervals(
  clock: Clock,
  circumstances: () => Circumstances,
  setIntervals: (intervals: Intervals) => void,
): Disposable {
  let intervals = normalIntervals;
  let timer: Disposable;
  const look = (): void => {
    const next = chooseIntervals(circumstances());
    if (next !== intervals) {
      intervals = next;
      setIntervals(next);
    }
    timer = clock.after(lookEveryMs, look);
  };
  timer = clock.after(lookEveryMs, look);
  return { [Symbol.dispose]: () => timer[Symbol.dispose]() };
}
