/** Chooses how often sources run: less on battery, less of what only screens need while nobody looks. */
import type { Clock } from '../platform/clock.ts';
import { batteryPace, hiddenPace, normalPace, type Pace } from './slow-down.ts';

export interface Circumstances {
  readonly isOnBattery: boolean;
  readonly isWatched: boolean;
  readonly slowerOnBattery: boolean;
  readonly slowerWhenHidden: boolean;
}

export function choosePace(now: Circumstances): Pace {
  if (now.isOnBattery && now.slowerOnBattery) return batteryPace;
  return !now.isWatched && now.slowerWhenHidden ? hiddenPace : normalPace;
}

const lookEveryMs = 5_000;

/** Looks at the circumstances every few seconds; `setPace` is called when the pace changes. */
export function keepPace(clock: Clock, circumstances: () => Circumstances, setPace: (pace: Pace) => void): Disposable {
  let pace = normalPace;
  let timer: Disposable;
  const look = (): void => {
    const next = choosePace(circumstances());
    if (next !== pace) {
      pace = next;
      setPace(next);
    }
    timer = clock.after(lookEveryMs, look);
  };
  timer = clock.after(lookEveryMs, look);
  return { [Symbol.dispose]: () => timer[Symbol.dispose]() };
}
